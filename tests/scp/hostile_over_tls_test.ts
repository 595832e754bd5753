/** The same hostile clients, over TLS. */

import { testHostileClients } from "./hostile.ts";

testHostileClients("TLS");

/** TLS options that cannot go together: all end in a usage error. */

import { type Case, HOST, usage } from "../case.ts";
import { showing } from "../deviation.ts";
import { NAMES_THE_RIGHT_OPTION } from "../deviations.ts";

function tls(...options: readonly string[]): Case {
  return usage([...options, HOST, "104"]);
}

/** TLS options without TLS. */
export const WITHOUT_TLS: readonly Case[] = [
  tls("+ps"),
  tls("--use-passwd", "secret"),
  tls("-pw"),
  tls("-pem"),
  tls("-der"),
  tls("+rs", "seed"),
  tls("+ws"),
  tls("+wf", "seed"),
  tls("-rc"),
  tls("-ic"),
  tls("+py"),
  tls("+px"),
  tls("+pz"),
  tls("+pn"),
  tls("+cf", "ca.pem"),
  tls("+cd", "certificates"),
  tls("+crl", "crl.pem"),
  tls("+crv"),
  tls("+cra"),
  tls("+cs", "TLS_AES_128_GCM_SHA256"),
  usage(["+pa", HOST, "104"], {
    deviation: showing(NAMES_THE_RIGHT_OPTION, {
      onlyReference: [/^error: --profile-\S+ only allowed with /],
      onlyOurs: [/^error: --profile-aes only allowed with --enable-tls or /],
    }),
  }),
];

/** Which of several comes first; which wins when both are given. */
export const TLS_ORDER: readonly Case[] = [
  tls("+cs", "X", "+crv", "+cf", "F"),
  tls("-ic", "+rs", "F", "-der"),
  tls("-pw", "+pw", "X", "+ps"),
  tls("-der", "-pem"),
  tls("-ic", "-rc"),
  tls("+pz", "+py", "+cf", "X"),
  tls("+tla", "-tls", "+cf", "X"),
  tls("+tls", "key", "certificate", "-tls", "-pw"),
  tls("+tla", "+pw", "X"),
  tls("+tla", "-pw"),
  tls("+tla", "+ps"),
  tls("+tla", "+crv", "+cra"),
  tls("+tla", "+ws"),
  tls("+tla", "+wf", "X"),
  tls("+tla", "-to", "0"),
  tls("+tla", "+cf", "X", "-ppc", "0"),
  tls("-tls", "-repeat"),
];

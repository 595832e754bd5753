import { testErrors } from "./errors.ts";
import { fakeFiles } from "./fake-files.ts";

const TLS = "--enable-tls or --anonymous-tls";

testErrors({
  "password options need a certificate": [
    ["+tla +ps h 1", "--std-passwd only allowed with --enable-tls"],
    ["-pw +pw x +ps h 1", "--std-passwd only allowed with --enable-tls"],
    ["-pw +pw x h 1", "--use-passwd only allowed with --enable-tls"],
    [
      "+tls k c -tls +tla -pw h 1",
      "--null-passwd only allowed with --enable-tls",
    ],
  ],
  "TLS options need TLS, whichever way round": [
    ["-pem h 1", `--pem-keys only allowed with ${TLS}`],
    ["+tla -tls -pem h 1", `--pem-keys only allowed with ${TLS}`],
    ["-der +tls k c -tls h 1", `--der-keys only allowed with ${TLS}`],
    ["-der -pem h 1", `--pem-keys only allowed with ${TLS}`],
    ["+rs f +dp f h 1", `--dhparam only allowed with ${TLS}`],
    ["+pn +pa h 1", `--profile-aes only allowed with ${TLS}`],
    ["+pb h 1", `--profile-basic only allowed with ${TLS}`],
    ["+pm +pg h 1", `--profile-8996 only allowed with ${TLS}`],
    ["-vc -ic h 1", `--ignore-peer-cert only allowed with ${TLS}`],
    ["-vc h 1", `--verify-peer-cert only allowed with ${TLS}`],
  ],
  "TLS options are checked in the reference's order": [
    [
      "+cs a +cra +crv +crl f +cd d +cf f +pn -rc +ws +rs f -pem +ps h 1",
      "--std-passwd only allowed with --enable-tls",
    ],
    [
      "+cs a +cra +crv +crl f +cd d +cf f +pn -rc +ws +rs f -pem h 1",
      `--pem-keys only allowed with ${TLS}`,
    ],
    [
      "+cs a +cra +crv +crl f +cd d +cf f +pn -rc +ws +rs f h 1",
      `--seed only allowed with ${TLS}`,
    ],
    [
      "+cs a +cra +crv +crl f +cd d +cf f +pn -rc +wf f +ws h 1",
      `--write-seed only allowed with ${TLS}`,
    ],
    [
      "+cs a +cra +crv +crl f +cd d +cf f +pn -rc +wf f h 1",
      `--write-seed-file only allowed with ${TLS}`,
    ],
    [
      "+cs a +cra +crv +crl f +cd d +cf f +pn -ic -rc h 1",
      `--require-peer-cert only allowed with ${TLS}`,
    ],
    [
      "+cs a +cra +crv +crl f +cd d +cf f +pz +py +px h 1",
      `--profile-bcp195 only allowed with ${TLS}`,
    ],
    [
      "+cs a +cra +crv +crl f +cd d +cf f +pz h 1",
      `--profile-bcp195-ex only allowed with ${TLS}`,
    ],
    [
      "+cs a +cra +crv +crl f +cd d +cf f h 1",
      `--add-cert-file only allowed with ${TLS}`,
    ],
    [
      "+cs a +cra +crv +crl f +cd d h 1",
      `--add-cert-dir only allowed with ${TLS}`,
    ],
    ["+cs a +cra +crv +crl f h 1", `--add-crl-file only allowed with ${TLS}`],
    ["+cs a +cra +crv h 1", `--enable-crl-vfy only allowed with ${TLS}`],
    ["+cs a +cra h 1", `--enable-crl-all only allowed with ${TLS}`],
    ["+cs a h 1", `--cipher only allowed with ${TLS}`],
  ],
  "TLS options that contradict each other": [
    [
      "+tla +crv +cra h 1",
      "--enable-crl-all not allowed with --enable-crl-vfy",
    ],
    [
      "+tla +cra +crv h 1",
      "--enable-crl-all not allowed with --enable-crl-vfy",
    ],
    [
      "+tla +cs a +px +pz h 1",
      "--cipher not allowed with --profile-bcp195-ex",
    ],
    [
      "--request-sni x --no-sni h 1",
      "--no-sni not allowed with --request-sni",
    ],
    [
      "--no-sni --request-sni x h 1",
      "--no-sni not allowed with --request-sni",
    ],
    ["+tla +ws h 1", "--write-seed only allowed with --seed"],
    ["+tla +wf f h 1", "--write-seed-file only allowed with --seed"],
  ],
}, fakeFiles());

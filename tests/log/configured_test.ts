import assert from "node:assert/strict";
import { configuredLog } from "../../lib/log/configured.ts";
import { app, data, net, type ProgramLog } from "../../lib/log/log.ts";
import { parseProperties } from "../../lib/log/properties.ts";
import { MemoryMachine, NOW } from "./machine.ts";

interface Opened {
  readonly log: ProgramLog;
  readonly stdout: () => string;
  readonly stderr: () => string;
}

async function open(
  text: string,
  machine = new MemoryMachine(NOW),
): Promise<Opened> {
  const log = await configuredLog(
    parseProperties(
      text.replace(/^ +/gm, "").replace(
        /^(?=[a-z]+(Logger|Mode)?[ .=])/gm,
        "log4cplus.",
      ),
    ),
    machine,
  );
  return { log, stdout: machine.stdout, stderr: machine.stderr };
}

const CONSOLE = `
  appender.c = log4cplus::ConsoleAppender
  appender.c.layout = log4cplus::PatternLayout
  appender.c.layout.ConversionPattern = %c{1} %P: %m%n
`;

Deno.test("a console is standard output unless it is told otherwise", async () => {
  const out = await open(`rootLogger = INFO, c\n${CONSOLE}`);
  out.log.write(app("info", "x"));
  assert.deepEqual([out.stdout(), out.stderr()], ["echoscu I: x\n", ""]);
  const error = await open(
    `rootLogger = INFO, c\n${CONSOLE}\nappender.c.logToStdErr = true`,
  );
  error.log.write(app("info", "x"));
  assert.deepEqual([error.stdout(), error.stderr()], ["", "echoscu I: x\n"]);
});

Deno.test("loggers have levels and appenders of their own", async () => {
  const { log, stdout } = await open(`
    rootLogger = WARN, c
    logger.dcmtk.dcmnet = DEBUG, c
    logger.dcmtk.apps = INHERITED
    additivity.dcmtk.dcmdata = false
    ${CONSOLE}`);
  assert.ok(log.shows("debug") && !log.shows("trace"));
  log.write(net("debug", "n"));
  log.write(net("trace", "no"));
  log.write(app("info", "no"));
  log.write(app("warn", "a"));
  log.write(data("error", "no"));
  assert.equal(
    stdout(),
    "dcmnet D: n\ndcmnet D: n\nechoscu W: a\n",
  );
});

Deno.test("thresholds and filters are of the appender", async () => {
  const { log, stdout } = await open(`
    rootLogger = ALL, c
    ${CONSOLE}
    appender.c.Threshold = info
    appender.c.filters.1 = log4cplus::spi::StringMatchFilter
    appender.c.filters.1.StringToMatch = secret`);
  log.write(app("debug", "no"));
  log.write(app("info", "the secret"));
  log.write(app("info", "yes"));
  log.force("info", "forced");
  assert.equal(stdout(), "echoscu I: yes\nroot I: forced\n");
});

Deno.test("an appender without a usable layout is simple and unfiltered", async () => {
  const { log, stdout, stderr } = await open(`
    rootLogger = INFO, c
    appender.c = log4cplus::ConsoleAppender
    appender.c.layout = nonsense
    appender.c.Threshold = FATAL
    appender.c.filters.1 = log4cplus::spi::DenyAllFilter`);
  log.write(app("info", "x"));
  assert.equal(stdout(), "INFO - x\n");
  assert.equal(
    stderr(),
    'log4cplus:ERROR Cannot find LayoutFactory: "nonsense"\n',
  );
});

Deno.test("a class that there is not is told, and nothing else ends", async () => {
  const { log, stdout, stderr } = await open(`
    rootLogger = INFO, b, c
    appender.b = log4cplus::NTEventLogAppender
    ${CONSOLE}`);
  log.write(app("info", "x"));
  assert.equal(stdout(), "echoscu I: x\n");
  assert.equal(
    stderr(),
    "log4cplus:ERROR PropertyConfigurator::configureAppenders()- " +
      "Cannot find AppenderFactory: log4cplus::NTEventLogAppender\n" +
      "log4cplus:ERROR PropertyConfigurator::configureLogger()- " +
      "Invalid appender: b\n",
  );
});

Deno.test("an event log that cannot be opened is told on Windows", async () => {
  const machine = new MemoryMachine(NOW);
  machine.system = "windows";
  const { log, stdout, stderr } = await open(
    `
    rootLogger = INFO, b, c
    appender.b = log4cplus::NTEventLogAppender
    appender.b.source = echoscu
    ${CONSOLE}`,
    machine,
  );
  log.write(app("info", "x"));
  await log.close();
  assert.equal(stdout(), "echoscu I: x\n");
  assert.equal(
    stderr(),
    "log4cplus:ERROR NTEventLogAppender- the event log is not available: " +
      "not in memory\n",
  );
});

Deno.test("messages that go nowhere are told of once", async () => {
  const { log, stderr } = await open("rootLogger = INFO");
  log.write(app("info", "x"));
  log.write(net("info", "y"));
  assert.equal(
    stderr(),
    "log4cplus:ERROR No appenders could be found for logger " +
      "(dcmtk.apps.echoscu).\n" +
      "log4cplus:ERROR Please initialize the log4cplus system properly.\n",
  );
});

Deno.test("a null appender is somewhere", async () => {
  const { log, stdout, stderr } = await open(
    "rootLogger = INFO, n\nappender.n = log4cplus::NullAppender",
  );
  log.write(app("info", "x"));
  assert.equal(stdout() + stderr(), "");
});

Deno.test("a root logger that is not set up stays as it was", async () => {
  const { log, stderr } = await open("rootLogger =");
  log.write(app("debug", "no"));
  log.write(app("info", "a\nb"));
  assert.equal(
    stderr(),
    "log4cplus:ERROR PropertyConfigurator::configureLogger()- " +
      'Invalid config string(Logger = root): ""\nI: a\nI: b\n',
  );
});

Deno.test("a root logger without a level is told and starts at info", async () => {
  const { log, stdout, stderr } = await open(`rootLogger = FOO, c\n${CONSOLE}`);
  log.write(app("debug", "no"));
  log.write(app("info", "x"));
  assert.equal(stdout(), "echoscu I: x\n");
  assert.equal(
    stderr(),
    "log4cplus:ERROR LoggerImpl::getChainedLogLevel()- " +
      "No valid LogLevel found\n",
  );
});

Deno.test("a root logger that shows no errors silences the program", async () => {
  for (const level of ["OFF", "FATAL"]) {
    const { log, stderr } = await open(`rootLogger = ${level}`);
    assert.ok(log.silent, level);
    log.force("info", "x");
    assert.equal(stderr(), "", level);
  }
  assert.ok(!(await open("rootLogger = ERROR")).log.silent);
});

Deno.test("quietMode silences complaints about the settings only", async () => {
  const { log, stderr } = await open(
    "quietMode = true\nrootLogger = INFO, unknown",
  );
  assert.equal(stderr(), "");
  log.write(app("info", "x"));
  assert.match(stderr(), /No appenders could be found/);
});

Deno.test("variables of the program are there", async () => {
  const { log, stdout } = await open(`
    rootLogger = INFO, c
    appender.c = log4cplus::ConsoleAppender
    appender.c.layout = log4cplus::PatternLayout
    appender.c.layout.ConversionPattern = \${appname} \${pid} \${hostname}%n`);
  log.write(app("info", "x"));
  assert.equal(stdout(), "echoscu 4711 ward\n");
});

Deno.test("a line that cannot be written is reported once and stops nothing", async () => {
  const machine = new MemoryMachine(NOW);
  machine.outError = new Error("no space left");
  const { log, stderr } = await open(
    `rootLogger = INFO, c, e
    ${CONSOLE}
    appender.e = log4cplus::ConsoleAppender
    appender.e.logToStdErr = true`,
    machine,
  );
  log.write(app("info", "one"));
  log.write(app("info", "two"));
  assert.equal(
    stderr(),
    "log4cplus:ERROR ConsoleAppender- standard output failed: no space left\n" +
      "INFO - one\nINFO - two\n",
  );
});

Deno.test("a reader of standard output who is gone is no error", async () => {
  const machine = new MemoryMachine(NOW);
  machine.outError = new Deno.errors.BrokenPipe("gone");
  const { log, stderr } = await open(
    `rootLogger = INFO, c\n${CONSOLE}`,
    machine,
  );
  log.write(app("info", "one"));
  assert.equal(stderr(), "");
});

Deno.test("if the log cannot be set up, no file is left open", async () => {
  const machine = new MemoryMachine(NOW);
  machine.denied.add("b");
  machine.writeError = (): never => {
    throw new Error("out of order");
  };
  await assert.rejects(open(
    `rootLogger = INFO, a, b
    appender.a = log4cplus::FileAppender
    appender.a.File = a
    appender.b = log4cplus::FileAppender
    appender.b.File = b`,
    machine,
  ));
  assert.deepEqual(machine.closed, ["a"]);
});

Deno.test("closing waits for what is said while it waits", async () => {
  const machine = new MemoryMachine(NOW);
  let left = 3;
  machine.written = () =>
    left > 0 ? Promise.resolve().then(() => void left--) : undefined;
  const { log } = await open(`rootLogger = INFO, c\n${CONSOLE}`, machine);
  await log.close();
  assert.equal(left, 0);
});

Deno.test("an asynchronous appender is the one within, with its own settings", async () => {
  const { log, stdout, stderr } = await open(`
    rootLogger = INFO, x
    appender.x = log4cplus::AsyncAppender
    appender.x.layout = log4cplus::PatternLayout
    appender.x.layout.ConversionPattern = outside %m%n
    appender.x.Threshold = FATAL
    appender.x.filters.1 = log4cplus::spi::DenyAllFilter
    appender.x.Appender = log4cplus::AsyncAppender
    appender.x.Appender.Appender = log4cplus::ConsoleAppender
    appender.x.Appender.Appender.layout = log4cplus::PatternLayout
    appender.x.Appender.Appender.layout.ConversionPattern = inside %m%n`);
  log.write(app("info", "x"));
  assert.equal(stdout(), "inside x\n");
  assert.equal(stderr(), "");
});

Deno.test("an asynchronous appender with nothing within drops what it gets", async () => {
  for (
    const [inner, problem] of [
      ["", "Unspecified appender for AsyncAppender."],
      [
        "appender.x.Appender = log4cplus::PaperAppender",
        "AsyncAppender::AsyncAppender() - " +
        "Cannot find AppenderFactory: log4cplus::PaperAppender",
      ],
    ] as const
  ) {
    const { log, stdout, stderr } = await open(
      `rootLogger = INFO, x\nappender.x = log4cplus::AsyncAppender\n${inner}`,
    );
    log.write(app("info", "x"));
    assert.equal(stdout(), "");
    assert.equal(stderr(), `log4cplus:ERROR ${problem}\n`);
  }
});

Deno.test("what is wrong with a setting is told without control characters", async () => {
  const { stderr } = await open("rootLogger = INFO, c\nappender.c = a\x1b[31m");
  assert.match(stderr(), /Cannot find AppenderFactory: a\\x1b\[31m\n/);
});

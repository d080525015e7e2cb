// One line a format: its fixtures say the rest.
import { testFormat } from "./harness.ts";

testFormat("alerts");
testFormat("ci-runs");
testFormat("commits");
testFormat("csv-logs");
testFormat("csv-metrics-long");
testFormat("csv-metrics-wide");
testFormat("dependencies-json");
testFormat("deploys");
testFormat("dotnet-tests");
testFormat("flags");
testFormat("git-log");
testFormat("github-run");
testFormat("github-webhook");
testFormat("jaeger-json");
testFormat("json");
testFormat("json-array");
testFormat("json-lines");
testFormat("junit-xml");
testFormat("logfmt");
testFormat("openmetrics");
testFormat("otlp-json");
testFormat("plain-text");
testFormat("prometheus-json");
testFormat("span-array");
testFormat("zipkin-json");
testFormat("text");

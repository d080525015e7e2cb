import { expect, it } from "vitest";
import { orderedValues } from "../../../../src/renderer/facets/panel.tsx";

const value = (name: string, count: number) => ({ value: name, label: name, count });

it("lists severities by gravity and everything else by count", () => {
  const severities = {
    field: "severity",
    distinct: 3,
    values: [value("INFO", 9), value("CRITICAL", 1), value("HIGH", 3)],
  } as const;
  expect(orderedValues(severities).map((one) => one.value)).toEqual(["CRITICAL", "HIGH", "INFO"]);
  const services = { field: "service", distinct: 2, values: [value("pay", 9), value("cart", 1)] } as const;
  expect(orderedValues(services).map((one) => one.value)).toEqual(["pay", "cart"]);
});

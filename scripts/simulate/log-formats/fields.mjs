/** Fields as JSON and logfmt write them. Keys and everyday values are known to need no escape; `plain` makes sure. */

const ESCAPED = /["\\\u0000-\u001f]/;

/** A JSON string. @param {string} text */
export const quoted = (text) => (ESCAPED.test(text) ? JSON.stringify(text) : `"${text}"`);

/** `,"key":value` for each field. @param {(string | number)[]} fields @param {string} [comma] @param {string} [colon] */
export function jsonFields(fields, comma = ",", colon = ":") {
  let out = "";
  for (let i = 0; i < fields.length; i += 2) {
    const value = fields[i + 1];
    out += `${comma}"${fields[i]}"${colon}${typeof value === "number" ? value : quoted(value)}`;
  }
  return out;
}

/** ` key=value` for each field. @param {(string | number)[]} fields */
export function pairs(fields) {
  let out = "";
  for (let i = 0; i < fields.length; i += 2) {
    const value = fields[i + 1];
    out += ` ${fields[i]}=${typeof value === "number" || !/[ ="]/.test(value) ? value : JSON.stringify(value)}`;
  }
  return out;
}

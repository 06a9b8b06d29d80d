/** JSON as Core's library writes it (jsoncpp, StyledWriter): three spaces, a space before each colon, short lists on one line. */
export function renderStyled(value: unknown): string {
  return `${render(value, "")}\n`;
}

function render(value: unknown, indent: string): string {
  if (Array.isArray(value)) return renderList(value as readonly unknown[], indent);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const inner = `${indent}   `;
  const fields = value as Readonly<Record<string, unknown>>;
  let lines = "";
  for (const key of Object.keys(fields).sort())
    lines += `${lines === "" ? "" : ",\n"}${inner}${JSON.stringify(key)} : ${render(fields[key], inner)}`;
  return `{\n${lines}\n${indent}}`;
}

function renderList(list: readonly unknown[], indent: string): string {
  if (list.length === 0) return "[]";
  if (list.every((entry) => typeof entry !== "object"))
    return `[ ${list.map((entry) => JSON.stringify(entry)).join(", ")} ]`;
  const inner = `${indent}   `;
  return `[\n${list.map((entry) => inner + render(entry, inner)).join(",\n")}\n${indent}]`;
}

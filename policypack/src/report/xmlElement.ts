type Attributes = Readonly<Record<string, string | number>>;

/** An XML element: text content escaped, or child elements that are XML already, one a line. */
export function xmlElement(name: string, attributes: Attributes, content: string | readonly string[] = []): string {
  const given = Object.entries(attributes).map(([key, value]) => ` ${key}="${xmlAttribute(String(value))}"`);
  const start = `<${name}${given.join("")}`;
  if (typeof content === "string") return `${start}>${xmlText(content)}</${name}>`;
  if (content.length === 0) return `${start}/>`;
  return `${start}>\n${content.map((child) => child.replace(/^/gm, "  ")).join("\n")}\n</${name}>`;
}

/** Characters that XML 1.0 cannot hold, not even as a reference. Source: https://www.w3.org/TR/xml/#charsets */
const isXmlCharacter = (character: string): boolean => {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return "\t\n\r".includes(character);
  return code < 0xd800 || (code > 0xdfff && code !== 0xfffe && code !== 0xffff);
};

const REFERENCES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

const xmlText = (text: string): string =>
  text.replace(/./gsu, (character) => (isXmlCharacter(character) ? (REFERENCES[character] ?? character) : "\ufffd"));

// Attributes are of the type token in the JUnit schemas: no line breaks, no doubled blanks.
const xmlAttribute = (text: string): string => xmlText(text.replace(/\s+/g, " ").trim());

import fc from "fast-check";
import { expect, test } from "vitest";
import { durationMs } from "../../../daemon/rtsp/onvif/events.ts";
import { soapRequest } from "../../../daemon/rtsp/onvif/soap.ts";
import { escaped, parseXml } from "../../../daemon/rtsp/onvif/xml.ts";

test("elements are known by namespace and name, whatever the prefix", () => {
  const root = parseXml(
    '<?xml version="1.0"?>\n<a:x xmlns:a="urn:1" b="&lt;2&#x21;"><y xmlns="urn:2">t &amp; u<a:z/></y></a:x>',
  );
  expect([root.ns, root.name, root.attributes.get("b")]).toEqual(["urn:1", "x", "<2!"]);
  const [y] = root.children;
  expect([y?.ns, y?.name, y?.text, y?.children[0]?.ns]).toEqual(["urn:2", "y", "t & u", "urn:1"]);
});

const laughs = `<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><l>&b;</l>`;
test.each([
  ["a document type", "<!DOCTYPE x><x/>"],
  ["a file of the machine (XXE)", '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><x>&f;</x>'],
  ["an address (XXE)", '<!DOCTYPE x [<!ENTITY % f SYSTEM "http://192.0.2.1/x">%f;]><x/>'],
  ["a billion laughs", laughs],
  ["an entity of nobody", "<x>&nbsp;</x>"],
  ["an entity without an end", "<x>&amp</x>"],
  ["half a surrogate", "<x>&#xd800;</x>"],
  ["CDATA", "<x><![CDATA[y]]></x>"],
  ["a comment", "<x><!-- y --></x>"],
  ["a processing instruction", "<x><?php echo 1 ?></x>"],
  ["a stylesheet", '<?xml version="1.0"?><?xml-stylesheet href="x"?><x/>'],
  ["nothing", ""],
  ["two elements", "<x/><y/>"],
  ["an open end", "<x><y></x>"],
  ["words", "hello"],
  ["a prefix of nobody", "<a:x/>"],
  ["depth", "<x>".repeat(5_000)],
  ["too many elements", `<x>${"<y/>".repeat(2_000)}</x>`],
  ["too many attributes", `<x ${Array.from({ length: 60 }, (_, i) => `a${i}="1"`).join(" ")}/>`],
  ["too much", `<x>${"y".repeat(70_000)}</x>`],
])("%s is not taken", (_what, text) => {
  expect(() => parseXml(text)).toThrow("is not taken");
});

test("any text at all ends in a tree or in a refusal, and soon", () => {
  const piece = fc.constantFrom(
    "<",
    ">",
    "/",
    "a",
    ":",
    " ",
    '"',
    "'",
    "=",
    "&",
    ";",
    "#",
    "!",
    "?",
    "x:y",
    "xmlns",
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(piece, { maxLength: 400 }).map((all) => all.join("")),
      ),
      (text) => {
        try {
          parseXml(text);
        } catch (error) {
          expect(error).toMatchObject({ name: "Fault", kind: "invalid" });
        }
      },
    ),
  );
});

test("what is escaped is read as it was", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const plain = text.replaceAll(/[^\P{Cc}\n\t]/gu, " ");
      expect(parseXml(`<x a="${escaped(text)}">${escaped(text)}</x>`).text).toBe(plain);
    }),
  );
});

test("an envelope of another kind, or without a body, is no request", () => {
  for (const text of [
    "<x/>",
    '<Envelope xmlns="urn:x"><Body><y/></Body></Envelope>',
    '<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"><e:Body/></e:Envelope>',
  ])
    expect(() => soapRequest(text)).toThrow("no SOAP request");
});

test.each([
  ["PT60S", 60_000],
  ["PT10M", 600_000],
  ["P1DT1H", 90_000_000],
  ["PT0.5S", 500],
  ["P", null],
  ["PT", null],
  ["-PT1S", null],
  ["60", null],
])("%s is %s ms", (text, ms) => {
  expect(durationMs(text)).toBe(ms);
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { RequestReader } from "../../../daemon/rtsp/server/request.ts";

const options = "OPTIONS rtsp://door/door RTSP/1.0\r\nCSeq: 7\r\nX-Long: a: b\r\n\r\n";
const read = (text: string): string[] =>
  new RequestReader().push(Buffer.from(text, "latin1")).map(({ method }) => method);

test("a request is the same in whatever pieces it comes", () => {
  const text = `${options}SET_PARAMETER * RTSP/1.0\r\nContent-Length: 5\r\n\r\nhello$\x01\x00\x02ab${options}`;
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 60 }), (sizes) => {
      const reader = new RequestReader();
      const bytes = Buffer.from(text, "latin1");
      const heard: string[] = [];
      let at = 0;
      for (const size of [...sizes, bytes.length]) {
        heard.push(...reader.push(bytes.subarray(at, at + size)).map(({ method }) => method));
        at += size;
      }
      expect(heard).toEqual(["OPTIONS", "SET_PARAMETER", "OPTIONS"]);
    }),
  );
});

test("headers are found by their names in any case, the first of each", () => {
  const [request] = new RequestReader().push(Buffer.from("PLAY * RTSP/1.0\r\ncSEQ:  3 \r\nCSeq: 4\r\n\r\n"));
  expect(request?.headers.get("cseq")).toBe("3");
});

test.each([
  ["another protocol", "GET / HTTP/1.1\r\nHost: x\r\n\r\n"],
  ["a header that is none", "OPTIONS * RTSP/1.0\r\nno colon here\r\n\r\n"],
  ["a body of a megabyte", "OPTIONS * RTSP/1.0\r\nContent-Length: 1000000\r\n\r\n"],
  ["a body of minus one", "OPTIONS * RTSP/1.0\r\nContent-Length: -1\r\n\r\n"],
  ["an endless line", `OPTIONS ${"a".repeat(9_000)}`],
  ["endless headers", `OPTIONS * RTSP/1.0\r\n${"X: y\r\n".repeat(2_000)}`],
  ["100 headers", `OPTIONS * RTSP/1.0\r\n${"X: y\r\n".repeat(100)}\r\n`],
])("%s is refused", (_what, text) => {
  expect(() => read(text)).toThrow(/bytes|RTSP|header|none/u);
});

test("any bytes at all end in requests or in a refusal, never in anything else", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 8 }), (chunks) => {
      const reader = new RequestReader();
      try {
        for (const chunk of chunks) reader.push(Buffer.from(chunk));
      } catch (error) {
        expect(error).toMatchObject({ name: "Fault", kind: "invalid" });
      }
    }),
  );
});

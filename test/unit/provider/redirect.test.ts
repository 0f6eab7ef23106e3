import { AnswerError } from "../../../provider/src/graph/errors";
import { failure, request, scripted, type Step } from "./scriptedPipeline";

describe("a redirect", () => {
  const to = (status: number, location: string): Step => ({ status, headers: { location } });

  test.each([
    ["GET", 302],
    ["GET", 303],
    ["POST", 307],
    ["PATCH", 308],
  ] as const)("of a %s with %d within the origin is followed, token and body with it", async (method, status) => {
    const { send, sent } = scripted([to(status, "/v2/x?y=1"), { status: 200, body: '"there"' }]);
    expect((await send(request({ method, body: "{}" }))).body).toBe('"there"');
    expect(sent[1]).toEqual({ ...sent[0], url: "http://127.0.0.1:1/v2/x?y=1" });
  });

  test.each([
    ["GET", "https://elsewhere.example/sign-in?token=secret"],
    ["GET", "https://127.0.0.1:1/beta"],
    ["POST", "http://127.0.0.1:1/other"],
  ] as const)("of a %s to %s is not followed, and its query is in no message", async (method, location) => {
    const { send, sent } = scripted([to(302, location)]);
    const error = await failure(send(request({ method })));
    expect(error).toBeInstanceOf(AnswerError);
    expect(error.message).toMatch(
      /Graph answered 302: it redirects to \S+\. The redirect is not followed, for it would carry the token there: set intune:graphEndpoint/,
    );
    expect(error.message).not.toContain("secret");
    expect(sent).toHaveLength(1);
  });

  test("that goes round in a circle ends", async () => {
    const { send, sent } = scripted(Array.from({ length: 6 }, () => to(302, "/again")));
    expect(await failure(send(request()))).toBeInstanceOf(AnswerError);
    expect(sent).toHaveLength(6);
  });
});

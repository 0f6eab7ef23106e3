import { answerError } from "../../../emulator/src/graph/answerGraph";
import { badRequest } from "../../../emulator/src/graph/graphError";
import { Clock } from "../../../emulator/src/world/clock";

test("an error is dated by the emulator's clock, to the second and without a zone", () => {
  const clock = new Clock();
  clock.move(Date.parse("2031-05-06T07:08:09.500Z") - clock.nowMs());
  const request = {
    method: "GET",
    path: "/beta/deviceManagement",
    query: "",
    headers: {},
    body: undefined,
    origin: "http://127.0.0.1:1",
    requestId: "r",
    clientRequestId: "c",
  };
  const { status, body } = answerError(request, badRequest("no"), clock);
  expect(status).toBe(400);
  expect(body).toMatchObject({
    error: {
      innerError: {
        date: expect.stringMatching(/^2031-05-06T07:08:(09|1\d)$/) as string,
        "request-id": "r",
        "client-request-id": "c",
      },
    },
  });
});

import type { ServiceError } from "@grpc/grpc-js";

/** A unary gRPC call as a promise. */
export function unaryCall<T>(call: (done: (error: ServiceError | null, response: T) => void) => unknown): Promise<T> {
  return new Promise((resolve, reject) => {
    call((error, response) => {
      if (error === null) resolve(response);
      else reject(error);
    });
  });
}

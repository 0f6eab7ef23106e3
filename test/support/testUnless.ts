/** A `test` that cannot run for some reason on some machines. There it is skipped, and its title says why. */
export const testUnless =
  (reason: string | false) =>
  (title: string, body: () => Promise<void>): void => {
    if (reason === false) test(title, body);
    else test.skip(`${title} (skipped: ${reason})`, body);
  };

import { describe, expect, it } from "vitest";
import { MessageScanner } from "../../../src/main/engine/templates/scan.ts";
import { skeletonOf } from "../../../src/main/engine/templates/skeletons.ts";

describe("the skeleton of a message", () => {
  it.each([
    // Numbers and units.
    ["Connection to db-3 timed out after 5000 ms", "Connection to <*> timed out after <*>"],
    ["took 12 ms for 1,234 rows, 3.5 GB free, 99%", "took <*> for <*> rows, <*> free, <*>%"],
    ["lifetime <1 sec, lifetime 00:01", "lifetime <*>, lifetime <*>"],
    ["offset -5 delta +12", "offset <*> delta <*>"],
    ["took 12µs, then 1.5 μs at 40°C", "took <*>, then <*> at <*>"],
    ["took 12µsec", "took <*>µsec"],
    // Addresses, paths, names of hosts.
    ["GET /orders/8841/items?limit=5&sort=name failed with 503", "GET <*> failed with <*>"],
    ["peer 10.0.12.7:8080 closed", "peer <*> closed"],
    ["peer [2001:db8::ff00:42:8329]:443 closed", "peer [<*>]<*> closed"],
    ["sent to s3://bucket/key.gz, ok", "sent to <*>, ok"],
    ["cannot open C:\\Windows\\Temp\\a.log: denied", "cannot open <*>: denied"],
    ["connect db.internal:5432 refused", "connect <*> refused"],
    ["mail from ann@example.org bounced", "mail from <*> bounced"],
    ["either/or is no path", "either/or is no path"],
    ["request from fe:54:00:1b:aa:0c via eth0", "request from <*> via <*>"],
    ["error:10.0.0.1:80 is gone", "error:<*> is gone"],
    // Ids.
    ["token dGhlIHNhbXBsZSBub25jZQ== expired", "token <*> expired"],
    ["token 9f/3HIHNhbX/sZSBub25j+== expired", "token <*> expired"],
    ["GET /items?page= done", "GET <*> done"],
    ["retry2= session12=", "<*>=<*> <*>=<*>"],
    ["call of Api::V1::ItemsController#show", "call of <*>"],
    ["request 3f2504e0-4f89-11d3-9a0c-0305e82c3301 lost", "request <*> lost"],
    ["commit 9fceb02d0ae598e9 at 0x7ffdeadbeef", "commit <*> at <*>"],
    ["deadbeef decade facade", "deadbeef decade facade"],
    ["block blk_-6952295868487656571 and blk_38865049064139660", "block <*> and <*>"],
    ["class com.shop2.order.OrderService loaded", "class com.shop2.order.OrderService loaded"],
    ["call of com.shop.17.order.OrderService", "call of com.shop.<*>.order.OrderService"],
    // Times.
    ["since 2026-03-01T10:00:00.123Z nothing", "since <*> nothing"],
    ["at Sat Jun 18 02:08:10 2005 by root", "at <*> by root"],
    ["May the job run on Sunday", "May the job run on Sunday"],
    // Keys and their values.
    ["uid=0 user=root tty= rhost=", "uid=<*> user=<*> tty=<*> rhost=<*>"],
    ["ready = true, size =  big (x=1)", "ready = <*>, size = <*> (x=<*>)"],
    ["a == b and c => d", "a == b and c => d"],
    ['tag="View Lock" name=x', 'tag="<*>" name=<*>'],
    ['level=error msg="failed to open file"', 'level=<*> msg="failed to open file"'],
    ['{"code":17,"user":"ann","note":"two words"}', '{"code":<*>,"user":"<*>","note":"<*>"}'],
    // Quotes.
    ["sent de ad be ef 00 to fe", "sent <*> to fe"],
    ["sent 3f de ad 7a", "sent <*>"],
    ["will be da or fa de", "will be da or fa de"],
    ["bytes be ad ded fa de", "bytes be ad ded fa de"],
    ["key SHA256:3kX9vQ2pLmN8rT7wZ1aBc4/== of ann", "key <*> of ann"],
    ["index logs-2026.03.01/q8dFx2aLTNqYw0vR5hJk+g== gone", "index <*> gone"],
    ["node {DrcSZKawRdyfctiqOxpxLn==} left", "node {<*>} left"],
    ["if interval== then destination= all", "if interval== then destination=<*> all"],
    ["no route /cart/{id} for {id}", "no route <*> for {id}"],
    ["in {/var/log/x} and {/a/{b}/c}", "in {<*>} and {<*>}"],
    [`key "user:17" of 'cart' is gone`, `key "<*>" of '<*>' is gone`],
    ["can't open, don't retry", "can't open, don't retry"],
    ['he said "never again" twice', 'he said "never again" twice'],
    // Lists and what is empty.
    ["view acls to: yarn,admin", "view acls to: <*>"],
    ["ids 1, 2, 3 and 4", "ids <*> and <*>"],
    ["moved 4 5 6 7 8 blocks", "moved <*> blocks"],
    ["from 10.0.0.1 () at []", "from <*> (<*>) at [<*>]"],
    ["call init() now", "call init() now"],
    // Spaces, control characters, other alphabets.
    ["  a \t  b  ", "a b"],
    ["用户123登录失败", "用户<*>登录失败"],
    ["größe 5 überschritten", "größe <*> überschritten"],
    ["already a <*> here", "already a <*> here"],
    ["", ""],
    ["-----", "-----"],
  ])("of %j is %j", (message, skeleton) => {
    expect(skeletonOf(message)).toBe(skeleton);
  });

  it("is of the first line alone, so that a stack trace does not tell two errors apart", () => {
    expect(skeletonOf("Boom 1\r\n  at a (b.js:1:2)")).toBe("Boom <*>");
  });

  it.each([["x"], ["1 "], ['"'], ["a="], ["'a "], ["(("], ["1,"], ["a,"], ["\ud800"], ["a.1"], ["="]])(
    "ends soon on a huge message of %j",
    (piece) => {
      expect(skeletonOf(piece.repeat(5_000_000)).length).toBeLessThanOrEqual(1_100);
    },
  );

  it("leaves out a word that the limit cuts", () => {
    expect(skeletonOf(`${"many words ".repeat(93)}unfinished`)).toMatch(/many words$/);
  });
});

describe("the ranges of values", () => {
  it("are where they stand in the message", () => {
    const scanner = new MessageScanner();
    const message = "user=ann took 12 ms at Sat Jun 18 02:08:10";
    scanner.scan(message);
    const values = Array.from({ length: scanner.count }, (_, item) => item)
      .filter((item) => scanner.isValue(item))
      .map((item) => message.slice(scanner.start(item), scanner.end(item)));
    expect(values).toEqual(["ann", "12 ms", "Sat Jun 18 02:08:10"]);
  });

  it("are hashed alike exactly where the skeletons are alike", () => {
    const scanner = new MessageScanner();
    const hashOf = (message: string): string => {
      scanner.scan(message);
      return `${scanner.hash}:${scanner.check}`;
    };
    expect(hashOf("took 12 ms, ids 1, 2")).toBe(hashOf("took 1 s, ids 7"));
    expect(hashOf("a 1 2 3 4 5 b")).toBe(hashOf("a 1 2 3 4 b"));
    expect(hashOf("took 12 ms")).not.toBe(hashOf("takes 12 ms"));
    expect(hashOf("ab c")).not.toBe(hashOf("a bc"));
    expect(hashOf("x (1)")).not.toBe(hashOf("x [1]"));
    expect(hashOf("登录")).not.toBe(hashOf("失败"));
  });
});

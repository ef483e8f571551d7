"""A Fourgate client: connect, subscribe, publish, recover (PROTOCOL.md). Needs Debian's python3-websockets.
usage: client.py ws://127.0.0.1:3000/realtime <channel> [<inbound event>], one JSON payload a line on standard input"""
import asyncio, json, random, sys, uuid
import websockets

class Client:
    def __init__(self, url, channel, on_message, on_stale):
        self.url, self.channel, self.on_message, self.on_stale = url, channel, on_message, on_stale
        self.socket, self.position, self.held, self.replies, self.joined = None, None, None, {}, asyncio.Event()

    async def run(self):
        tries = 0
        while not self.socket or (self.socket.close_code or 0) // 100 != 45:  # 45xx: stay away
            try:
                async with websockets.connect(self.url, subprotocols=["fourgate.v1"], max_size=None) as self.socket:
                    joining, tries = asyncio.ensure_future(self.join()), 0
                    async for text in self.socket:
                        self.take(json.loads(text))
            except (OSError, websockets.WebSocketException):
                tries += 1
            self.joined.clear()
            await asyncio.sleep(random.random() * min(10, 0.2 * 2**tries))  # 41xx or a lost link: come back, with jitter

    async def ask(self, frame):
        self.replies[frame["id"]] = reply = asyncio.get_running_loop().create_future()
        await self.socket.send(json.dumps(frame))
        return await asyncio.wait_for(reply, 10)

    async def join(self):
        since, self.held = ({"since": self.position} if self.position else {}), []
        reply = await self.ask({"type": "subscribe", "id": uuid.uuid4().hex, "channel": self.channel, **since})
        if not reply["ok"]:
            return self.on_stale(reply["error"]["code"])
        if since and not reply["result"]["recovered"]:
            self.on_stale("not recovered")  # what was missed is not to be had: load the state afresh
        early, self.held = self.held, None
        for envelope in reply["result"].get("messages", []):
            self.deliver(envelope)
        self.position = reply["result"].get("position")
        for envelope in early:  # came before the reply: after what was recovered, and without what both had
            self.deliver(envelope)
        self.joined.set()

    def take(self, frame):
        if frame["type"] == "reply" and frame.get("id") in self.replies:
            self.replies.pop(frame["id"]).set_result(frame)
        elif frame["type"] == "message":
            self.deliver(frame) if self.held is None else self.held.append(frame)

    def deliver(self, envelope):
        new, last = envelope.get("position"), self.position
        ahead = new["offset"] - last["offset"] if new and last and new["epoch"] == last["epoch"] else 1
        if ahead > 1:  # a hole: ask again for everything after the last one
            asyncio.ensure_future(self.join())
        elif ahead == 1:  # else it was seen already
            self.position = new or last
            self.on_message(envelope)

    async def publish(self, payload, event):
        frame = {"type": "message", "id": uuid.uuid4().hex, "channel": self.channel, "event": event, "payload": payload}
        while True:  # the same id again after a lost link: the handler runs once
            await self.joined.wait()
            try:
                return await self.ask(frame)
            except (asyncio.TimeoutError, websockets.WebSocketException):
                await asyncio.sleep(0.1)

async def main(url, channel, event="message"):
    say = lambda *words: print(*words, flush=True)
    client = Client(url, channel, lambda envelope: say("message", json.dumps(envelope["payload"])), lambda why: say("stale", why))
    running, loop = asyncio.ensure_future(client.run()), asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        say("reply", json.dumps(await client.publish(json.loads(line), event)))

if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))

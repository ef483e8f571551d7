"""A Fourgate client: connect, subscribe, publish, recover (PROTOCOL.md). Needs Debian's python3-websockets.
usage: client.py ws://127.0.0.1:3000/realtime <channel> [<inbound event>], one JSON payload a line on standard input"""
import asyncio, json, random, sys, uuid
import websockets

class Client:
    def __init__(self, url, channel, on_message, on_stale):
        self.url, self.channel, self.on_message, self.on_stale = url, channel, on_message, on_stale
        self.socket, self.position, self.replies, self.joined = None, None, {}, asyncio.Event()

    async def run(self):
        tries = 0
        while not self.socket or (self.socket.close_code or 0) // 100 != 45:  # 45xx: stay away
            try:
                async with websockets.connect(self.url, subprotocols=["fourgate.v2"], max_size=None) as self.socket:
                    joining, tries = asyncio.ensure_future(self.join()), 0
                    async for text in self.socket:
                        self.take(json.loads(text))
            except (OSError, websockets.WebSocketException):
                tries += 1
            self.joined.clear()
            await asyncio.sleep(random.random() * min(10, 0.2 * 2**tries))  # 41xx or a lost connection: come back, with jitter

    async def request(self, frame, on_reply=lambda reply: None):
        self.replies[frame["id"]] = (reply := asyncio.get_running_loop().create_future(), on_reply)
        await self.socket.send(json.dumps(frame))
        return await asyncio.wait_for(reply, 10)

    async def join(self):
        since = {"since": self.position} if self.position else {}
        await self.request({"type": "subscribe", "id": uuid.uuid4().hex, "channel": self.channel, **since}, self.on_joined)

    def on_joined(self, reply):  # called before the next frame is read: messages of the channel follow the reply
        if not reply["ok"]:
            return self.on_stale(reply["error"]["code"])
        result = reply["result"]
        if result.get("recovered") is False:
            self.on_stale("not recovered")  # what was missed is not to be had: load the state afresh
        for message in result.get("messages", []):
            self.on_message(message)
        self.position = result.get("position")
        self.joined.set()

    def take(self, frame):
        if "m" in frame:  # the only channel here, so its number is not looked up
            if "o" in frame:
                self.position = {**self.position, "offset": frame["o"]}
            self.on_message(frame)
        elif frame["type"] == "reply" and frame.get("id") in self.replies:
            reply, on_reply = self.replies.pop(frame["id"])
            on_reply(frame)
            reply.set_result(frame)
        elif frame["type"] == "left" and frame["error"]["retry"] == "later":
            asyncio.ensure_future(self.join())

    async def publish(self, payload, event):
        frame = {"type": "message", "id": uuid.uuid4().hex, "channel": self.channel, "event": event, "payload": payload}
        while True:  # the same id again after a lost connection: the handler runs once
            await self.joined.wait()
            try:
                return await self.request(frame)
            except (asyncio.TimeoutError, websockets.WebSocketException):
                await asyncio.sleep(0.1)

async def main(url, channel, event="message"):
    show = lambda *words: print(*words, flush=True)
    client = Client(url, channel, lambda message: show("message", json.dumps(message.get("p"))), lambda why: show("stale", why))
    running, loop = asyncio.ensure_future(client.run()), asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        show("reply", json.dumps(await client.publish(json.loads(line), event)))

if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))

import { transportContract } from "@repo/core-testing/contracts";
import { makeSocketIOUnderTest } from "./testing/socket-io-under-test.js";

transportContract("Socket.IO over WebSocket", () => makeSocketIOUnderTest("websocket"));

import { transportContract } from "@repo/core-testing/contracts";
import { makeWsUnderTest } from "./testing/ws-under-test.js";

transportContract("ws", makeWsUnderTest);

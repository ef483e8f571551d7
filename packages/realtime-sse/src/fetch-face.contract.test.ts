import { transportContract } from "@repo/core-testing/contracts";
import { makeFetchFaceUnderTest } from "./testing/sse-under-test.js";

transportContract("sse, as a fetch handler", makeFetchFaceUnderTest);

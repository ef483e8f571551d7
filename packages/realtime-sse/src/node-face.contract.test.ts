import { transportContract } from "@repo/core-testing/contracts";
import { makeNodeFaceUnderTest } from "./testing/sse-under-test.js";

transportContract("sse", makeNodeFaceUnderTest);

import { makeInMemoryUnderTest } from "./in-memory-under-test";
import { transportContract } from "./transport-contract";

transportContract("InMemoryRealtimeServer", makeInMemoryUnderTest);

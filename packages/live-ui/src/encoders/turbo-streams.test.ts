import { TURBO_8 } from "../testing/client-libraries.js";
import { encoderContract } from "../testing/encoder-contract.js";
import { encodeTurboStreams } from "./turbo-streams.js";

encoderContract(encodeTurboStreams, TURBO_8);

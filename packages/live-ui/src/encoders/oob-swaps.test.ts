import { HTMX_2 } from "../testing/client-libraries.js";
import { encoderContract } from "../testing/encoder-contract.js";
import { encodeOobSwaps } from "./oob-swaps.js";

encoderContract(encodeOobSwaps, HTMX_2);

import { HTMX_2 } from "../testing/client-libraries.js";
import { encoderContract } from "../testing/encoder-contract.js";
import { encodeHxPartials2 } from "./hx-partials-2.js";

encoderContract(encodeHxPartials2, HTMX_2);

import { HTMX_4 } from "../testing/client-libraries.js";
import { encoderContract } from "../testing/encoder-contract.js";
import { encodeHxPartials4 } from "./hx-partials-4.js";

encoderContract(encodeHxPartials4, HTMX_4);

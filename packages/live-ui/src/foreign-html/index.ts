export {
  differenceById,
  differenceByTree,
  differenceHybrid,
  withIds,
  type TreeDifference,
} from "./difference-of-html.js";

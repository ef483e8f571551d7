import Theme from "vitepress/theme-without-fonts";
import "./fourgate.css";

export default Theme;

import type { Order } from "./order";
import styles from "./order-table.module.css";

interface OrderTableProps {
  readonly orders: readonly Order[];
  /** The rows may be behind. */
  readonly isDimmed: boolean;
  readonly showsCustomer: boolean;
}

/** The rows of the table. */
export function OrderTable({ orders, isDimmed, showsCustomer }: OrderTableProps) {
  return (
    <table className={styles.table} data-dimmed={isDimmed || undefined} data-testid="orders">
      <thead>
        <tr>
          <th scope="col">Id</th>
          <th scope="col">Item</th>
          {showsCustomer && <th scope="col">Customer</th>}
          <th scope="col">Status</th>
        </tr>
      </thead>
      <tbody>
        {orders.map(({ id, item, customer, status, changed_at }) => (
          <tr key={id} data-order={id}>
            <td className="quiet">{id}</td>
            <th scope="row">{item}</th>
            {showsCustomer && <td>{customer}</td>}
            <td>
              <span key={changed_at} className={styles.status} data-status={status}>
                {status}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

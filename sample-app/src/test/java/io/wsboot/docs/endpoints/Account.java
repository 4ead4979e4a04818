package io.wsboot.docs.endpoints;

/** Who a client is, as the application sees it. */
record Account(String name) {
}

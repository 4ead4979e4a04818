/**
 * The sample application: a few endpoints and the page that talks to them. Like any
 * application, the sample imports only {@link io.wsboot} and
 * {@link io.wsboot.spring.annotation} of wsboot.
 */
@NullMarked
package io.wsboot.sample;

import org.jspecify.annotations.NullMarked;

/**
 * The sample application: a few endpoints and the page that talks to them. Of wsboot it
 * imports only {@link io.wsboot}, {@link io.wsboot.spring.annotation} and the exception
 * for messages that cannot be read, as any application would.
 */
@NullMarked
package io.wsboot.sample;

import org.jspecify.annotations.NullMarked;

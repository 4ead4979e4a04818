/**
 * The sample application: a few endpoints and the page that talks to them. Of wsboot it
 * imports only {@link io.wsboot} and {@link io.wsboot.spring.annotation}, as any
 * application would.
 */
@NullMarked
package io.wsboot.sample;

import org.jspecify.annotations.NullMarked;

/**
 * What users write: annotations for beans that serve WebSocket connections, and what
 * their methods may be given. Of ours it imports only {@link io.wsboot.Execution}.
 */
@NullMarked
package io.wsboot.spring.annotation;

import org.jspecify.annotations.NullMarked;

/**
 * The code that README.md shows, so that it is known to work. Outside the sample
 * application's own package, so that it is not found by its component scan.
 */
package io.wsboot.readme;

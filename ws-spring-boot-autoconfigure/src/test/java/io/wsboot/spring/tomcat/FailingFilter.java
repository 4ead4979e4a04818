package io.wsboot.spring.tomcat;

import java.io.IOException;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.catalina.Context;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/**
 * Fails behind the servlet if the query is {@code fail}, and sets another status if the
 * query is {@code status}.
 */
final class FailingFilter implements Filter {

	static void addTo(Context context) {
		add(context, new FailingFilter());
	}

	static void add(Context context, Filter filter) {
		FilterDef definition = new FilterDef();
		definition.setFilterName(filter.getClass().getName());
		definition.setAsyncSupported("true");
		definition.setFilter(filter);
		context.addFilterDef(definition);
		FilterMap map = new FilterMap();
		map.setFilterName(filter.getClass().getName());
		map.addURLPattern("/*");
		context.addFilterMap(map);
	}

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		chain.doFilter(request, response);
		if ("fail".equals(((HttpServletRequest) request).getQueryString())) {
			throw new IllegalStateException("as the test wants it");
		}
		if ("status".equals(((HttpServletRequest) request).getQueryString())) {
			((HttpServletResponse) response).setStatus(404);
		}
	}

}

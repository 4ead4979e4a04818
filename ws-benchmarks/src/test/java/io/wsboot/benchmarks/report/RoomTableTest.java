package io.wsboot.benchmarks.report;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class RoomTableTest {

	private static final String RESULTS = """
			"Benchmark","Mode","Threads","Samples","Score","Score Error (99.9%)","Unit","Param: bytes","Param: members","Param: others"
			"io.wsboot.benchmarks.parts.FrameBenchmark.read","avgt",1,5,14.8,NaN,"ns/op",64,,
			"io.wsboot.benchmarks.parts.RoomBenchmark.broadcast","avgt",1,5,110.5,NaN,"us/op",,10,0
			"io.wsboot.benchmarks.parts.RoomBenchmark.broadcast:gc.alloc.rate.norm","avgt",1,5,800,NaN,"B/op",,10,0
			"io.wsboot.benchmarks.parts.RoomBenchmark.broadcast","avgt",1,5,111.5,NaN,"us/op",,10,9000
			"io.wsboot.benchmarks.parts.RoomBenchmark.count","avgt",1,5,0.61,NaN,"us/op",,10,0
			""";

	@Test
	void roomsHaveATableOfTheirOwn(@TempDir Path directory) throws Exception {
		Path file = Files.writeString(directory.resolve("jmh.csv"), RESULTS);
		assertThat(RoomTable.read(file).toString()).contains("| 10      |                       0 |")
			.contains("| 10      |                    9000 |");
		assertThat(JmhTable.read(file).parts().toString()).contains("FrameBenchmark.read").doesNotContain("Room");
	}

	@Test
	void withoutResultsThereIsNone(@TempDir Path directory) throws Exception {
		assertThat(RoomTable.read(directory.resolve("jmh.csv")).isEmpty()).isTrue();
	}

}

#if NET10_0_OR_GREATER
using NodeData.Emulator;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.Aot;

/// <summary>Publishes a program that makes every call, with NativeAOT and trimmed, and runs it.</summary>
public sealed class AotTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("nodedata-aot-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    // gcc can link as well as clang, and is installed more often.
    [InlineData("-p:CppCompilerAndLinker=gcc")]
    [InlineData("-p:PublishAot=false -p:PublishTrimmed=true -p:SelfContained=true")]
    public async Task A_published_program_makes_every_call(string publishOptions)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        var published = Path.Combine(_directory, "published");
        var publish =
            $"dotnet publish tests/NodeData.Sdk.AotProgram --nologo -m:1 --use-current-runtime --artifacts-path {_directory}/build --output {published} {publishOptions}";

        // Warnings are errors here too: a trimmer warning fails the publish.
        await Command.RunSuccessfullyAsync(Command.RepositoryRoot, publish);
        var output = await Command.RunSuccessfullyAsync(
            published,
            $"{Path.Combine(published, "NodeData.Sdk.AotProgram")} {emulator.BaseAddress}",
            new Dictionary<string, string> { ["NODE_DATA_API_KEY"] = emulator.TestKey.Reveal() }
        );

        Assert.Equal("All calls succeeded as expected.\n", output);
    }
}
#endif

#if NET10_0_OR_GREATER
using System.IO.Compression;
using System.Reflection.Metadata;
using System.Text;
using NodeData.Emulator;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.Packaging;

/// <summary>Tests the package as users get it: packs it from a copy of the repository and installs it into a new program.</summary>
public sealed class PackageTests : IDisposable
{
    // Portable PDB, "Source Link": the kind of the custom debug information that contains the map from files to URLs.
    private static readonly Guid SourceLinkKind = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");

    private readonly string _directory = Directory.CreateTempSubdirectory("nodedata-package-").FullName;

    private string Packages => Path.Combine(_directory, "packages");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task A_new_program_installs_the_package_and_uses_it()
    {
        await PackAsync();

        using (var package = ZipFile.OpenRead(Path.Combine(Packages, "NodeData.Sdk.0.1.0.nupkg")))
        {
            var files = package.Entries.Select(entry => entry.FullName).ToList();
            Assert.Contains("README.md", files);
            foreach (var framework in new[] { "net8.0", "net10.0" })
            {
                Assert.Contains($"lib/{framework}/NodeData.Sdk.dll", files);
                Assert.Contains($"lib/{framework}/NodeData.Sdk.xml", files);
            }
        }

        using (var symbols = ZipFile.OpenRead(Path.Combine(Packages, "NodeData.Sdk.0.1.0.snupkg")))
        {
            Assert.All(
                new[] { "net8.0", "net10.0" },
                framework =>
                    Assert.Contains(
                        "https://raw.githubusercontent.com/example/NodeData.Sdk/",
                        ReadSourceLink(symbols, framework),
                        StringComparison.Ordinal
                    )
            );
        }

        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        var output = await RunNewProgramAsync(emulator);
        Assert.Contains("created ci-deploys, then revoked, and a Live hook", output, StringComparison.Ordinal);
    }

    private async Task PackAsync()
    {
        var copy = Directory.CreateDirectory(Path.Combine(_directory, "repository")).FullName;
        var files = await Command.RunSuccessfullyAsync(Command.RepositoryRoot, "git ls-files --cached --others --exclude-standard");
        foreach (
            var file in files
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Where(file => File.Exists(Path.Combine(Command.RepositoryRoot, file)))
        )
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(copy, file))!);
            File.Copy(Path.Combine(Command.RepositoryRoot, file), Path.Combine(copy, file));
        }

        await Command.RunSuccessfullyAsync(copy, "git init --quiet");
        await Command.RunSuccessfullyAsync(copy, "git remote add origin https://github.com/example/NodeData.Sdk.git");
        await Command.RunSuccessfullyAsync(copy, "git add --all");
        await Command.RunSuccessfullyAsync(copy, "git -c user.name=tests -c user.email=tests@example.com commit --quiet --message copy");
        await Command.RunSuccessfullyAsync(
            copy,
            $"dotnet pack src/NodeData.Sdk --nologo -m:1 -p:ContinuousIntegrationBuild=true --output {Packages}"
        );
    }

    private async Task<string> RunNewProgramAsync(NodeDataEmulator emulator)
    {
        var program = Directory.CreateDirectory(Path.Combine(_directory, "program")).FullName;
        await File.WriteAllTextAsync(
            Path.Combine(program, "program.csproj"),
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <RestoreAdditionalProjectSources>{Packages}</RestoreAdditionalProjectSources>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="NodeData.Sdk" Version="0.1.0" />
              </ItemGroup>
            </Project>
            """,
            TestContext.Current.CancellationToken
        );
        await File.WriteAllTextAsync(
            Path.Combine(program, "Program.cs"),
            """
            using NodeData.Sdk;
            using NodeData.Sdk.Webhooks;

            using var node = new NodeClient();
            NodeAccount me = node.Me.Get();
            CreatedApiKey key = node.Keys.Create(name: "ci-deploys", mode: KeyMode.Live);
            ApiKeyInfo revoked = await node.Keys.RevokeAsync(key.Id);
            CreatedWebhookEndpoint hook = node.Webhooks.Create(new CreateWebhookEndpointOptions("https://shop.example/hook"));
            Console.WriteLine($"{me.Id} created {key.Name}, then {revoked.Status}, and a {hook.Secret.Mode} hook");
            """,
            TestContext.Current.CancellationToken
        );
        return await Command.RunSuccessfullyAsync(
            program,
            "dotnet run",
            new Dictionary<string, string>
            {
                // A separate cache, so that no earlier package of the same version is used.
                ["NUGET_PACKAGES"] = Path.Combine(_directory, "cache"),
                ["NODE_DATA_API_KEY"] = emulator.LiveKey.Reveal(),
                ["NODE_DATA_BASE_URL"] = emulator.BaseAddress.AbsoluteUri,
            }
        );
    }

    private static string ReadSourceLink(ZipArchive symbols, string framework)
    {
        using var file = symbols.GetEntry($"lib/{framework}/NodeData.Sdk.pdb")!.Open();
        using var memory = new MemoryStream();
        file.CopyTo(memory);
        memory.Position = 0;
        using var provider = MetadataReaderProvider.FromPortablePdbStream(memory);
        var reader = provider.GetMetadataReader();
        var link = reader
            .CustomDebugInformation.Select(reader.GetCustomDebugInformation)
            .Single(information => reader.GetGuid(information.Kind) == SourceLinkKind);
        return Encoding.UTF8.GetString(reader.GetBlobBytes(link.Value));
    }
}
#endif

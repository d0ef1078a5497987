using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using NodeData.Sdk.Configuration.EnvLocal;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.Configuration.EnvLocal;

/// <summary>Simulates a developer's machine: a folder with repositories and files, and hosts that start in it.</summary>
internal sealed class DeveloperMachine : IDisposable
{
    // Long enough for a slow machine. A separate test covers the product's timeout of one second.
    private static readonly TimeSpan GitTimeout = TimeSpan.FromMinutes(1);

    private readonly List<IHost> _hosts = [];

    public string Folder { get; } = Directory.CreateTempSubdirectory("nodedata-tests-").FullName;

    public GitCommand Git { get; init; } = new(GitCommand.FindOnPath(), GitTimeout);

    public static string GetText(ApiKey key) => $"NODE_DATA_API_KEY={key.Reveal()}\n";

    public void Dispose()
    {
        _hosts.ForEach(host => host.Dispose());
        Directory.Delete(Folder, recursive: true);
    }

    public string WriteFile(string path, string text)
    {
        var file = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }

    /// <summary>Runs git in a subfolder, without the configuration of the user or the system.</summary>
    public async Task RunGitAsync(string folder, string arguments)
    {
        var environment = new Dictionary<string, string>
        {
            ["GIT_CONFIG_GLOBAL"] = "/dev/null",
            ["GIT_CONFIG_NOSYSTEM"] = "1",
            ["GIT_AUTHOR_NAME"] = "Ada",
            ["GIT_AUTHOR_EMAIL"] = "ada@example.com",
            ["GIT_COMMITTER_NAME"] = "Ada",
            ["GIT_COMMITTER_EMAIL"] = "ada@example.com",
        };
        await Command.RunSuccessfullyAsync(Path.Combine(Folder, folder), $"git -c protocol.file.allow=always {arguments}", environment);
    }

    public async Task CreateRepositoryAsync(string folder)
    {
        Directory.CreateDirectory(Path.Combine(Folder, folder));
        await RunGitAsync(folder, "init --quiet");
        WriteFile(Path.Combine(folder, "README.md"), "A shop.\n");
        await RunGitAsync(folder, "add README.md");
        await RunGitAsync(folder, "commit --quiet --message Begin");
    }

    public HostApplicationBuilder CreateBuilder(string contentRoot = ".", string environment = "Development")
    {
        var builder = Host.CreateApplicationBuilder(
            new HostApplicationBuilderSettings
            {
                ContentRootPath = Path.GetFullPath(Path.Combine(Folder, contentRoot)),
                EnvironmentName = environment,
            }
        );
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddFakeLogging();
        return builder;
    }

    public void AddEnvLocal(IHostApplicationBuilder builder) => EnvLocalRegistration.Add(builder, Git);

    public async Task<IHost> StartAsync(string contentRoot = ".", Action<HostApplicationBuilder>? configure = null)
    {
        var builder = CreateBuilder(contentRoot);
        configure?.Invoke(builder);
        AddEnvLocal(builder);
        var host = builder.Build();
        _hosts.Add(host);
        await host.StartAsync(TestContext.Current.CancellationToken);
        return host;
    }

    public NodeDataConfigurationException GetError(string contentRoot = ".") =>
        Assert.Throws<NodeDataConfigurationException>(() => AddEnvLocal(CreateBuilder(contentRoot)));

    public static List<FakeLogRecord> GetLogRecords(IHost host, int id) =>
        [.. host.Services.GetFakeLogCollector().GetSnapshot().Where(line => line.Id.Id == id)];
}

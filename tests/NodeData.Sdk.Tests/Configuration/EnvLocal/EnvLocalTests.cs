using System.Runtime.Versioning;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NodeData.Emulator;
using NodeData.Sdk.Configuration.EnvLocal;
using NodeData.Sdk.Tests.Doubles;
using NodeData.Sdk.Tests.Webhooks.Signing;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Configuration.EnvLocal;

/// <summary>Tests for a host with a .env.local file. Not run in parallel, because they change the environment of the process.</summary>
[UnsupportedOSPlatform("windows")]
[Collection(nameof(EnvLocalTests))]
[CollectionDefinition(nameof(EnvLocalTests), DisableParallelization = true)]
public sealed class EnvLocalTests : IDisposable
{
    private const string EnvironmentKey = "nd_test_environmentabcdefgh5678";

    private readonly DeveloperMachine _machine = new();
    private readonly List<string> _variables = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _variables.ForEach(name => Environment.SetEnvironmentVariable(name, null));
        _machine.Dispose();
    }

    [Fact]
    public async Task A_host_calls_the_service_with_the_key_and_the_address_from_the_file()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        _machine.WriteFile(
            ".env.local",
            $"# mine alone\r\nexport NODE_DATA_API_KEY=\"{emulator.TestKey.Reveal()}\"\r\nNODE_DATA_BASE_URL='{emulator.BaseAddress}'\r\n"
        );

        using var host = await _machine.StartAsync(configure: builder => builder.Services.AddNodeData());

        var node = host.Services.GetRequiredService<NodeClient>();
        Assert.StartsWith("usr_", (await node.Me.GetAsync(Token)).Id, StringComparison.Ordinal);
        Assert.Null(Environment.GetEnvironmentVariable("NODE_DATA_API_KEY"));
    }

    [Fact]
    public void The_file_is_read_in_development_and_in_other_environments_on_request()
    {
        _machine.WriteFile(".env.local", "SHOP=here\n");

        Assert.Equal("here", ReadShop("Development", allEnvironments: false));
        Assert.Null(ReadShop("Production", allEnvironments: false));
        Assert.Equal("here", ReadShop("Production", allEnvironments: true));

        string? ReadShop(string environment, bool allEnvironments)
        {
            var builder = _machine.CreateBuilder(environment: environment);
            Assert.Same(builder, builder.AddNodeDataEnvLocal(allEnvironments).AddNodeDataEnvLocal(allEnvironments));
            return builder.Configuration["SHOP"];
        }
    }

    [Fact]
    public void In_another_environment_an_invalid_file_is_ignored()
    {
        _machine.WriteFile(".env.local", "broken");

        _machine.CreateBuilder(environment: "Production").AddNodeDataEnvLocal();

        Assert.Throws<NodeDataConfigurationException>(() => _machine.CreateBuilder().AddNodeDataEnvLocal());
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_rejected_and_that_of_another_program_is_ignored()
    {
        _machine.WriteFile(".env", new string('x', 2_000_000));
        _machine.AddEnvLocal(_machine.CreateBuilder());

        var file = _machine.WriteFile(".env.local", new string('x', 2_000_000));
        Assert.StartsWith($"{file} is larger than", _machine.GetError().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_encoding_with_a_byte_order_mark_is_read()
    {
        File.WriteAllText(Path.Combine(_machine.Folder, ".env.local"), "SHOP=ours\r\n", Encoding.Unicode);
        var builder = _machine.CreateBuilder();

        _machine.AddEnvLocal(builder);

        Assert.Equal("ours", builder.Configuration["SHOP"]);
    }

    [Theory]
    [InlineData("NODE_DATA_API_KEY=nd_test_fileabcdefghijklmnop1234", "NODE_DATA_API_KEY")]
    [InlineData("NODE_DATA_API_KEY=nd_test_fileabcdefghijklmnop1234", "NodeData__ApiKey")]
    [InlineData("NodeData__ApiKey=nd_test_fileabcdefghijklmnop1234", "NodeData__ApiKey")]
    [InlineData("NodeData__ApiKey=nd_test_fileabcdefghijklmnop1234", "NODE_DATA_API_KEY")]
    public async Task The_environment_of_the_process_takes_precedence_under_every_name(string line, string variable)
    {
        await using var server = new ScriptedServer(request => request.RespondAsync(200, TestClients.AccountJson));
        _machine.WriteFile(".env.local", $"{line}\nNODE_DATA_BASE_URL={server.BaseAddress}\n");
        Assert.Contains("Bearer nd_test_file", await CallAsync(), StringComparison.Ordinal);

        SetVariable(variable, EnvironmentKey);
        Assert.Contains($"Bearer {EnvironmentKey}", await CallAsync(), StringComparison.Ordinal);

        async Task<string> CallAsync()
        {
            using var host = await _machine.StartAsync(configure: builder => builder.Services.AddNodeData());
            await host.Services.GetRequiredService<NodeClient>().Me.GetAsync(Token);
            return server.Requests.Last().Text;
        }
    }

    [Fact]
    public async Task The_file_ranks_above_the_settings_files_and_below_the_command_line()
    {
        _machine.WriteFile("appsettings.json", """{ "NodeData": { "MaxRetries": 1, "ExpectedMode": "live" } }""");
        _machine.WriteFile(".env.local", "NodeData__MaxRetries=3\nNodeData__ExpectedMode=test\nShop__Name=ours\n");
        SetVariable("Shop__Name", "theirs");

        using var host = await _machine.StartAsync(configure: builder => builder.Configuration.AddCommandLine(["--NodeData:MaxRetries=5"]));

        var configuration = host.Services.GetRequiredService<IConfiguration>();
        Assert.Equal("test", configuration["NodeData:ExpectedMode"]);
        Assert.Equal("5", configuration["NodeData:MaxRetries"]);
        Assert.Equal("theirs", configuration["Shop:Name"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void In_a_web_application_the_file_has_the_same_rank(bool slim)
    {
        _machine.WriteFile("appsettings.json", """{ "Shop": { "Name": "of the settings", "Street": "of the settings" } }""");
        _machine.WriteFile(".env.local", "Shop__Name=of the file\nShop__Street=of the file\nShop__Town=of the file\n");
        SetVariable("Shop__Street", "of the environment");
        var options = new WebApplicationOptions
        {
            ContentRootPath = _machine.Folder,
            EnvironmentName = "Development",
            Args = ["--Shop:Town=of the command line"],
        };
        var builder = slim ? WebApplication.CreateSlimBuilder(options) : WebApplication.CreateBuilder(options);

        builder.AddNodeDataEnvLocal();

        Assert.Equal("of the file", builder.Configuration["Shop:Name"]);
        Assert.Equal("of the environment", builder.Configuration["Shop:Street"]);
        Assert.Equal("of the command line", builder.Configuration["Shop:Town"]);
    }

    [Theory]
    [InlineData("NODE_DATA_WEBHOOK_SECRET")]
    [InlineData("NodeData__WebhookSecrets")]
    [InlineData("NodeData__WebhookSecrets__0")]
    public async Task A_receiver_verifies_with_the_secret_from_the_file(string name)
    {
        _machine.WriteFile(".env.local", $"{name}={SignatureTestData.Secret}\n");
        using var host = await _machine.StartAsync(configure: builder =>
            builder.Services.AddNodeDataWebhookReceiver(
                "orders",
                on => on.Any((_, _) => Task.CompletedTask),
                options => options.TimeProvider = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(SignatureTestData.SignedAt)
            )
        );

        var receiver = host.Services.GetRequiredService<WebhookReceiver>();
        var accepted = await receiver.ReceiveAsync(SignatureTestData.Body, SignatureTestData.CreateHeader(SignatureTestData.Secret), Token);
        var rejected = await receiver.ReceiveAsync(
            SignatureTestData.Body,
            SignatureTestData.CreateHeader(SignatureTestData.OtherSecret),
            Token
        );

        Assert.NotEqual(WebhookOutcome.Rejected, accepted.Outcome);
        Assert.Equal(WebhookOutcome.Rejected, rejected.Outcome);
    }

    [Fact]
    public async Task An_error_names_the_variable_and_the_file()
    {
        var file = _machine.WriteFile(
            ".env.local",
            "NODE_DATA_API_KEY=hunter2\nNODE_DATA_WEBHOOK_SECRET=hunter2\nNODE_DATA_BASE_URL=ftp://hunter2\n"
        );

        var error = await Assert.ThrowsAnyAsync<Exception>(() => _machine.StartAsync(configure: builder => builder.Services.AddNodeData()));

        Assert.Contains($"NODE_DATA_API_KEY in {file} is not a Node Data key", error.Message, StringComparison.Ordinal);
        Assert.Contains($"NODE_DATA_WEBHOOK_SECRET in {file} is not a Node Data webhook secret", error.Message, StringComparison.Ordinal);
        Assert.Contains($"NODE_DATA_BASE_URL in {file}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_named_client_uses_only_its_own_key_from_the_file()
    {
        _machine.WriteFile(".env.local", $"NODE_DATA_API_KEY={TestClients.TestKey}\n");
        await Assert.ThrowsAnyAsync<Exception>(() => StartAsync());

        _machine.WriteFile(".env.local", $"NodeData__Clients__billing__ApiKey={TestClients.LiveKey}\n");
        using var host = await StartAsync();
        Assert.Equal(KeyMode.Live, host.Services.GetRequiredKeyedService<NodeClient>("billing").Mode);

        Task<IHost> StartAsync() => _machine.StartAsync(configure: builder => builder.Services.AddNodeData("billing"));
    }

    [Fact]
    public void Git_receives_neither_the_secrets_nor_the_repository_of_a_hook_and_runs_without_a_shell()
    {
        var output = Path.Combine(_machine.Folder, "output");
        var spy = _machine.WriteFile("spy-git", $"#!/bin/sh\n{{ env; echo \"$3|$4|$5|$6\"; }} > '{output}'\n");
        File.SetUnixFileMode(spy, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        SetVariable("GIT_DIR", "/somewhere");
        SetVariable("GIT_INDEX_FILE", "/somewhere/index");
        SetVariable("NODE_DATA_API_KEY", EnvironmentKey);

        var result = new GitCommand(spy, TimeSpan.FromMinutes(1)).Run(_machine.Folder, "--", "$(id) 'b\" *;");

        Assert.Equal((0, null), result);
        var text = File.ReadAllText(output);
        Assert.DoesNotContain("/somewhere", text, StringComparison.Ordinal);
        Assert.DoesNotContain(EnvironmentKey, text, StringComparison.Ordinal);
        Assert.EndsWith("core.fsmonitor=false|--|$(id) 'b\" *;|\n", text, StringComparison.Ordinal);
    }

    private void SetVariable(string name, string value)
    {
        _variables.Add(name);
        Environment.SetEnvironmentVariable(name, value);
    }
}

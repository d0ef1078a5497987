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

/// <summary>A host with a .env.local. Not in parallel: the environment is that of the process.</summary>
[UnsupportedOSPlatform("windows")]
[Collection(nameof(EnvLocalTests))]
[CollectionDefinition(nameof(EnvLocalTests), DisableParallelization = true)]
public sealed class EnvLocalTests : IDisposable
{
    private const string OfTheEnvironment = "nd_test_environmentabcdefgh5678";

    private readonly Developer _developer = new();
    private readonly List<string> _set = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _set.ForEach(name => Environment.SetEnvironmentVariable(name, null));
        _developer.Dispose();
    }

    [Fact]
    public async Task A_host_calls_the_service_with_the_key_and_the_address_of_the_file()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        _developer.Put(
            ".env.local",
            $"# mine alone\r\nexport NODE_DATA_API_KEY=\"{emulator.TestKey.Reveal()}\"\r\nNODE_DATA_BASE_URL='{emulator.BaseAddress}'\r\n"
        );

        using var host = await _developer.StartAsync(configure: builder => builder.Services.AddNodeData());

        var node = host.Services.GetRequiredService<NodeClient>();
        Assert.StartsWith("usr_", (await node.Me.GetAsync(Token)).Id, StringComparison.Ordinal);
        Assert.Null(Environment.GetEnvironmentVariable("NODE_DATA_API_KEY"));
    }

    [Fact]
    public void The_door_reads_it_in_development_and_elsewhere_where_asked()
    {
        _developer.Put(".env.local", "SHOP=here\n");

        Assert.Equal("here", Shop("Development", inEveryEnvironment: false));
        Assert.Null(Shop("Production", inEveryEnvironment: false));
        Assert.Equal("here", Shop("Production", inEveryEnvironment: true));

        string? Shop(string environment, bool inEveryEnvironment)
        {
            var builder = _developer.Builder(environment: environment);
            Assert.Same(builder, builder.AddNodeDataEnvLocal(inEveryEnvironment).AddNodeDataEnvLocal(inEveryEnvironment));
            return builder.Configuration["SHOP"];
        }
    }

    [Fact]
    public void Elsewhere_a_broken_file_harms_nobody()
    {
        _developer.Put(".env.local", "broken");

        _developer.Builder(environment: "Production").AddNodeDataEnvLocal();

        Assert.Throws<NodeDataConfigurationException>(() => _developer.Builder().AddNodeDataEnvLocal());
    }

    [Fact]
    public void One_that_cannot_be_read_is_refused_and_one_of_another_program_is_not_minded()
    {
        _developer.Put(".env", new string('x', 2_000_000));
        _developer.AddEnvLocal(_developer.Builder());

        var file = _developer.Put(".env.local", new string('x', 2_000_000));
        Assert.StartsWith($"{file} holds more than", _developer.Refusal().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_encoding_with_a_byte_order_mark_is_read()
    {
        File.WriteAllText(Path.Combine(_developer.Folder, ".env.local"), "SHOP=ours\r\n", Encoding.Unicode);
        var builder = _developer.Builder();

        _developer.AddEnvLocal(builder);

        Assert.Equal("ours", builder.Configuration["SHOP"]);
    }

    [Theory]
    [InlineData("NODE_DATA_API_KEY=nd_test_fileabcdefghijklmnop1234", "NODE_DATA_API_KEY")]
    [InlineData("NODE_DATA_API_KEY=nd_test_fileabcdefghijklmnop1234", "NodeData__ApiKey")]
    [InlineData("NodeData__ApiKey=nd_test_fileabcdefghijklmnop1234", "NodeData__ApiKey")]
    [InlineData("NodeData__ApiKey=nd_test_fileabcdefghijklmnop1234", "NODE_DATA_API_KEY")]
    public async Task The_environment_of_the_process_wins_whatever_names_both_use(string line, string variable)
    {
        await using var server = new ScriptedServer(request => request.AnswerAsync(200, Clients.Me));
        _developer.Put(".env.local", $"{line}\nNODE_DATA_BASE_URL={server.BaseAddress}\n");
        Assert.Contains("Bearer nd_test_file", await CallAsync(), StringComparison.Ordinal);

        Set(variable, OfTheEnvironment);
        Assert.Contains($"Bearer {OfTheEnvironment}", await CallAsync(), StringComparison.Ordinal);

        async Task<string> CallAsync()
        {
            using var host = await _developer.StartAsync(configure: builder => builder.Services.AddNodeData());
            await host.Services.GetRequiredService<NodeClient>().Me.GetAsync(Token);
            return server.Requests.Last().Text;
        }
    }

    [Fact]
    public async Task It_stands_above_the_settings_files_and_below_the_command_line()
    {
        _developer.Put("appsettings.json", """{ "NodeData": { "MaxRetries": 1, "ExpectedMode": "live" } }""");
        _developer.Put(".env.local", "NodeData__MaxRetries=3\nNodeData__ExpectedMode=test\nShop__Name=ours\n");
        Set("Shop__Name", "theirs");

        using var host = await _developer.StartAsync(configure: builder =>
            builder.Configuration.AddCommandLine(["--NodeData:MaxRetries=5"])
        );

        var configuration = host.Services.GetRequiredService<IConfiguration>();
        Assert.Equal("test", configuration["NodeData:ExpectedMode"]);
        Assert.Equal("5", configuration["NodeData:MaxRetries"]);
        Assert.Equal("theirs", configuration["Shop:Name"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void In_a_web_application_it_stands_in_the_same_place(bool slim)
    {
        _developer.Put("appsettings.json", """{ "Shop": { "Name": "of the settings", "Street": "of the settings" } }""");
        _developer.Put(".env.local", "Shop__Name=of the file\nShop__Street=of the file\nShop__Town=of the file\n");
        Set("Shop__Street", "of the environment");
        var options = new WebApplicationOptions
        {
            ContentRootPath = _developer.Folder,
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
    public async Task A_receiver_verifies_with_the_secret_of_the_file(string name)
    {
        _developer.Put(".env.local", $"{name}={Delivery.Secret}\n");
        using var host = await _developer.StartAsync(configure: builder =>
            builder.Services.AddNodeDataWebhookReceiver(
                "orders",
                on => on.Any((_, _) => Task.CompletedTask),
                options => options.TimeProvider = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(Delivery.Moment)
            )
        );

        var receiver = host.Services.GetRequiredService<WebhookReceiver>();
        var outcome = await receiver.ReceiveAsync(Delivery.Body, Delivery.Header(Delivery.Secret), Token);
        var refused = await receiver.ReceiveAsync(Delivery.Body, Delivery.Header(Delivery.OtherSecret), Token);

        Assert.NotEqual(WebhookOutcome.Rejected, outcome.Outcome);
        Assert.Equal(WebhookOutcome.Rejected, refused.Outcome);
    }

    [Fact]
    public async Task A_mistake_names_the_variable_and_the_file()
    {
        var file = _developer.Put(
            ".env.local",
            "NODE_DATA_API_KEY=hunter2\nNODE_DATA_WEBHOOK_SECRET=hunter2\nNODE_DATA_BASE_URL=ftp://hunter2\n"
        );

        var refusal = await Assert.ThrowsAnyAsync<Exception>(() =>
            _developer.StartAsync(configure: builder => builder.Services.AddNodeData())
        );

        Assert.Contains($"NODE_DATA_API_KEY in {file} is not a Node Data key", refusal.Message, StringComparison.Ordinal);
        Assert.Contains($"NODE_DATA_WEBHOOK_SECRET in {file} is not a Node Data webhook secret", refusal.Message, StringComparison.Ordinal);
        Assert.Contains($"NODE_DATA_BASE_URL in {file}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_named_client_takes_no_key_of_the_file_that_is_not_its_own()
    {
        _developer.Put(".env.local", $"NODE_DATA_API_KEY={Clients.TestKey}\n");
        await Assert.ThrowsAnyAsync<Exception>(() => StartAsync());

        _developer.Put(".env.local", $"NodeData__Clients__billing__ApiKey={Clients.LiveKey}\n");
        using var host = await StartAsync();
        Assert.Equal(KeyMode.Live, host.Services.GetRequiredKeyedService<NodeClient>("billing").Mode);

        Task<IHost> StartAsync() => _developer.StartAsync(configure: builder => builder.Services.AddNodeData("billing"));
    }

    [Fact]
    public void Git_is_told_neither_the_secrets_nor_a_hooks_repository_and_no_shell_stands_between()
    {
        var told = Path.Combine(_developer.Folder, "told");
        var spy = _developer.Put("spy-git", $"#!/bin/sh\n{{ env; echo \"$3|$4|$5|$6\"; }} > '{told}'\n");
        File.SetUnixFileMode(spy, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Set("GIT_DIR", "/somewhere");
        Set("GIT_INDEX_FILE", "/somewhere/index");
        Set("NODE_DATA_API_KEY", OfTheEnvironment);

        var answer = new GitCommand(spy, TimeSpan.FromMinutes(1)).Run(_developer.Folder, "--", "$(id) 'b\" *;");

        Assert.Equal((0, null), answer);
        var text = File.ReadAllText(told);
        Assert.DoesNotContain("/somewhere", text, StringComparison.Ordinal);
        Assert.DoesNotContain(OfTheEnvironment, text, StringComparison.Ordinal);
        Assert.EndsWith("core.fsmonitor=false|--|$(id) 'b\" *;|\n", text, StringComparison.Ordinal);
    }

    private void Set(string name, string value)
    {
        _set.Add(name);
        Environment.SetEnvironmentVariable(name, value);
    }
}

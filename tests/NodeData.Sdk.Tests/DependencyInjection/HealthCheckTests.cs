using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using NodeData.Emulator;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.DependencyInjection;

public sealed class HealthCheckTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_healthy_client_reports_its_findings()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        var entry = await CheckAsync(emulator, emulator.TestKey, checks => checks.AddNodeData(requiredScopes: [ApiKeyScope.ModelsRead]));

        Assert.Equal(HealthStatus.Healthy, entry.Status);
        Assert.Equal(true, entry.Data["reachable"]);
        Assert.Equal("Test", entry.Data["mode"]);
        Assert.Equal("full access", entry.Data["scopes"]);
        Assert.InRange((long)entry.Data["rate_limit_remaining"], 990, 999);
    }

    [Fact]
    public async Task A_key_without_a_required_scope_is_unhealthy()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var node = emulator.CreateClient();
        var restricted = await node.Keys.CreateAsync(new CreateApiKeyOptions("reader") { Scopes = [ApiKeyScope.ModelsRead] }, Token);

        var entry = await CheckAsync(
            emulator,
            restricted.Secret,
            checks => checks.AddNodeData(requiredScopes: [ApiKeyScope.ModelsRead, ApiKeyScope.PayoutsRead])
        );

        Assert.Equal(HealthStatus.Unhealthy, entry.Status);
        Assert.Equal("payouts:read", entry.Data["missing_scopes"]);
        Assert.Contains("The key lacks: payouts:read", entry.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_expires_soon_degrades_the_check()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var node = emulator.CreateClient();
        var expiring = await node.Keys.CreateAsync(new CreateApiKeyOptions("late") { ExpiresIn = TimeSpan.FromDays(15) }, Token);

        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(emulator, expiring.Secret, checks => checks.AddNodeData())).Status);
        emulator.Clock.Advance(TimeSpan.FromDays(2));
        var entry = await CheckAsync(emulator, expiring.Secret, checks => checks.AddNodeData());

        Assert.Equal(HealthStatus.Degraded, entry.Status);
        Assert.Contains("rotate it", entry.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_nearly_exhausted_rate_limit_degrades_the_check()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        emulator.Faults.Enqueue(
            "/me",
            EmulatorFault.RespondWith(
                200,
                TestClients.AccountJson,
                new Dictionary<string, string> { ["X-RateLimit-Remaining"] = "3", ["X-RateLimit-Reset"] = "30" }
            )
        );
        using var node = emulator.CreateClient();
        var restricted = await node.Keys.CreateAsync(new CreateApiKeyOptions("reader") { Scopes = [ApiKeyScope.ModelsRead] }, Token);
        emulator.Faults.Clear();
        emulator.Faults.Enqueue(
            "/me",
            EmulatorFault.RespondWith(
                200,
                TestClients.AccountJson.Replace("\"scopes\":[]", "\"scopes\":[\"models:read\"]", StringComparison.Ordinal),
                new Dictionary<string, string> { ["X-RateLimit-Remaining"] = "3", ["X-RateLimit-Reset"] = "30" }
            )
        );

        var entry = await CheckAsync(emulator, restricted.Secret, checks => checks.AddNodeData());

        Assert.Equal(HealthStatus.Degraded, entry.Status);
        Assert.Equal(3L, entry.Data["rate_limit_remaining"]);
    }

    [Fact]
    public async Task A_rejected_key_and_an_unreachable_service_have_the_failure_status_of_the_registration()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var port = new ReservedPort();
        var rejected = await CheckAsync(emulator, ApiKey.Parse("nd_test_nobody"), checks => checks.AddNodeData());
        var unreachable = await CheckAsync(
            emulator,
            emulator.TestKey,
            checks => checks.AddNodeData(failureStatus: HealthStatus.Degraded),
            new Uri($"http://127.0.0.1:{port.Port}/v1")
        );

        Assert.Equal(HealthStatus.Unhealthy, rejected.Status);
        Assert.Equal(true, rejected.Data["reachable"]);
        Assert.Equal(HealthStatus.Degraded, unreachable.Status);
        Assert.Equal(false, unreachable.Data["reachable"]);
    }

    [Fact]
    public async Task Several_checks_can_be_registered()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var host = new TestHost(
            TestHost.CreateSettings(emulator),
            services =>
            {
                services.AddNodeData();
                services.AddNodeData(
                    "billing",
                    options => (options.ApiKey, options.BaseAddress) = (emulator.LiveKey, emulator.BaseAddress)
                );
                services
                    .AddHealthChecks()
                    .AddNodeData()
                    .AddNodeData("uploads", requiredScopes: [ApiKeyScope.ModelsUpload])
                    .AddNodeData(clientName: "billing");
            }
        );

        var report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Token);

        Assert.Equal(["nodedata", "nodedata-billing", "uploads"], report.Entries.Keys.Order());
        Assert.Equal("Live", report.Entries["nodedata-billing"].Data["mode"]);
    }

    private static async Task<HealthReportEntry> CheckAsync(
        NodeDataEmulator emulator,
        ApiKey key,
        Action<IHealthChecksBuilder> register,
        Uri? address = null
    )
    {
        using var host = new TestHost(
            [],
            services =>
            {
                services.AddNodeData(options =>
                {
                    options.ApiKey = key;
                    options.BaseAddress = address ?? emulator.BaseAddress;
                    options.TimeProvider = emulator.Clock;
                });
                register(services.AddHealthChecks());
            }
        );
        var report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Token);
        var entry = report.Entries.Single().Value;
        Assert.DoesNotContain(key.Reveal(), $"{entry.Description} {string.Join(' ', entry.Data.Values)}", StringComparison.Ordinal);
        return entry;
    }
}

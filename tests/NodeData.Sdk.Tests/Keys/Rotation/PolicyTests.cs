using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using NodeData.Emulator;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.Keys.Rotation;

/// <summary>The policy for rotating keys, and its health check.</summary>
public sealed class PolicyTests
{
    private static readonly DateTimeOffset Now = new(2026, 8, 1, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(76, false, false)]
    [InlineData(76.1, true, false)]
    [InlineData(90, true, false)]
    [InlineData(90.1, false, true)]
    public void A_key_is_due_14_days_before_its_90th_day_and_overdue_after_it(double days, bool isDue, bool isOverdue)
    {
        var report = new ApiKeyRotationPolicy().Evaluate([Key(days)], Now);

        Assert.Equal(isDue, report.Due.Count == 1);
        Assert.Equal(isOverdue, report.Overdue.Count == 1);
        Assert.Equal(!isDue && !isOverdue, report.IsCompliant);
    }

    [Fact]
    public void A_key_about_to_expire_is_due_and_a_revoked_or_expired_one_is_omitted()
    {
        var report = new ApiKeyRotationPolicy().Evaluate(
            [
                Key(1) with
                {
                    ExpiresAt = Now.AddDays(13),
                },
                Key(1) with
                {
                    ExpiresAt = Now.AddDays(15),
                },
                Key(200) with
                {
                    ExpiresAt = Now.AddDays(-1),
                },
                Key(200) with
                {
                    Status = ApiKeyStatus.Revoked,
                },
                Key(200) with
                {
                    RevokedAt = Now,
                    Status = null,
                },
            ],
            Now
        );

        Assert.Equal(Now.AddDays(13), Assert.Single(report.Due).ExpiresAt);
        Assert.Empty(report.Overdue);
        Assert.Empty(report.WithoutExpiry);
    }

    [Fact]
    public void Unused_idle_and_non_expiring_keys_are_listed_separately()
    {
        var report = new ApiKeyRotationPolicy().Evaluate(
            [
                Key(31) with
                {
                    LastUsedAt = null,
                    ExpiresAt = Now.AddDays(60),
                },
                Key(29) with
                {
                    LastUsedAt = null,
                    ExpiresAt = Now.AddDays(60),
                },
                Key(60) with
                {
                    LastUsedAt = Now.AddDays(-31),
                    ExpiresAt = Now.AddDays(60),
                },
                Key(60),
                new ApiKeyInfo("key_silent"),
            ],
            Now
        );

        Assert.Equal(Now.AddDays(-31), Assert.Single(report.NeverUsed).CreatedAt);
        Assert.Equal(Now.AddDays(-31), Assert.Single(report.Idle).LastUsedAt);
        Assert.Equal(["key_60", "key_silent"], report.WithoutExpiry.Select(key => key.Id));
        Assert.True(report.IsCompliant);
    }

    [Fact]
    public void The_documentation_states_the_defaults()
    {
        var page = File.ReadAllText(Path.Combine(Command.RepositoryRoot, "docs", "rotation.md"));
        var policy = new ApiKeyRotationPolicy();

        Assert.Contains($"`MaxAge` ({policy.MaxAge.TotalDays} days)", page, StringComparison.Ordinal);
        Assert.Contains($"`WarningPeriod` ({policy.WarningPeriod.TotalDays} days)", page, StringComparison.Ordinal);
        Assert.Contains($"`IdleThreshold` ({policy.IdleThreshold.TotalDays} days)", page, StringComparison.Ordinal);
        Assert.Contains(
            $"`VerificationTimeout`, {new ApiKeyRotationOptions().VerificationTimeout.TotalMinutes} minute",
            page,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_time_span_that_is_not_positive_is_rejected()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ApiKeyRotationPolicy { MaxAge = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ApiKeyRotationPolicy { WarningPeriod = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ApiKeyRotationPolicy { IdleThreshold = TimeSpan.FromDays(-1) });
    }

    [Fact]
    public async Task The_health_check_degrades_in_time_and_never_fails_for_a_working_key()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        var young = await CheckAsync(emulator, emulator.TestKey);
        emulator.Clock.Advance(TimeSpan.FromDays(80));
        var due = await CheckAsync(emulator, emulator.TestKey);
        emulator.Clock.Advance(TimeSpan.FromDays(20));
        var overdue = await CheckAsync(emulator, emulator.TestKey);

        Assert.Equal(HealthStatus.Healthy, young.Status);
        Assert.Equal("No key needs to be rotated.", young.Description);
        Assert.Contains("emulator test key", (string)young.Data["without_expiry"], StringComparison.Ordinal);
        Assert.Equal(HealthStatus.Degraded, due.Status);
        Assert.StartsWith("Due, rotate soon: key_", due.Description, StringComparison.Ordinal);
        Assert.Equal(HealthStatus.Degraded, overdue.Status);
        Assert.StartsWith("Overdue, rotate now: key_", overdue.Description, StringComparison.Ordinal);
        Assert.Contains("emulator test key", (string)overdue.Data["overdue"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restricted_key_degrades_and_an_invalid_one_fails()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var node = emulator.CreateClient();
        var reader = await node.Keys.CreateAsync(new CreateApiKeyOptions("reader") { Scopes = [ApiKeyScope.ModelsRead] }, Token);

        Assert.Equal(HealthStatus.Degraded, (await CheckAsync(emulator, reader.Secret)).Status);
        Assert.Equal(HealthStatus.Unhealthy, (await CheckAsync(emulator, ApiKey.Parse("nd_test_nobody"))).Status);
    }

    private static ApiKeyInfo Key(double days) =>
        new($"key_{days}")
        {
            Status = ApiKeyStatus.Active,
            CreatedAt = Now.AddDays(-days),
            LastUsedAt = Now,
        };

    private static async Task<HealthReportEntry> CheckAsync(NodeDataEmulator emulator, ApiKey key)
    {
        var settings = TestHost.CreateSettings(emulator);
        settings["NodeData:ApiKey"] = key.Reveal();
        using var host = new TestHost(
            settings,
            services =>
            {
                services.AddNodeData(options => options.TimeProvider = emulator.Clock);
                services.AddHealthChecks().AddNodeDataKeyRotation();
            }
        );
        var report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Token);
        return report.Entries["nodedata-key-rotation"];
    }
}

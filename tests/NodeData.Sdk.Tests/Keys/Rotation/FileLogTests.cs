using System.Runtime.Versioning;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.Keys.Rotation;

[UnsupportedOSPlatform("windows")]
public sealed class FileLogTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("nodedata-log-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Folder => Path.Combine(_directory, "rotations");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task What_was_written_is_read_again_to_the_letter_and_replaces_what_was_there()
    {
        var log = new FileApiKeyRotationStore(Folder);

        await log.WriteAsync(Made, Token);
        await log.WriteAsync(Made with { Stage = ApiKeyRotationStage.Overlapping, OverlapEndsAt = Made.StartedAt + Made.Overlap }, Token);
        var read = Assert.Single(await new FileApiKeyRotationStore(Folder).ReadAsync(Token));

        Assert.Equal(Made.StartedAt + Made.Overlap, read.OverlapEndsAt);
        Assert.Equal(Made.Current, Assert.Single(read.Attempts));
        Assert.Equal(
            Made with
            {
                Stage = ApiKeyRotationStage.Overlapping,
                OverlapEndsAt = read.OverlapEndsAt,
                Attempts = read.Attempts,
            },
            read
        );
    }

    [Fact]
    public async Task Nobody_else_may_read_it_and_nothing_is_left_beside_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        var log = new FileApiKeyRotationStore(Folder);
        await using (await log.TryLockAsync("name", Token))
        {
            await log.WriteAsync(Made, Token);
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Folder));
        string[] files = Directory.GetFiles(Folder);
        Assert.Equal(2, files.Length);
        Assert.All(files, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    [Fact]
    public async Task A_lock_is_held_by_one_until_it_is_let_go()
    {
        var log = new FileApiKeyRotationStore(Folder);
        var other = new FileApiKeyRotationStore(Folder);

        var held = await log.TryLockAsync("name", Token);
        Assert.NotNull(held);
        Assert.Null(await other.TryLockAsync("name", Token));
        await using (var another = await other.TryLockAsync("another name", Token))
        {
            Assert.NotNull(another);
        }

        await held.DisposeAsync();
        await using var next = await other.TryLockAsync("name", Token);
        Assert.NotNull(next);
    }

    [Fact]
    public async Task A_folder_in_which_others_may_write_is_refused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        Directory.CreateDirectory(Folder);
        File.SetUnixFileMode(Folder, File.GetUnixFileMode(Folder) | UnixFileMode.GroupWrite);
        var log = new FileApiKeyRotationStore(Folder);

        var refusal = await Assert.ThrowsAsync<NodeDataConfigurationException>(() => log.WriteAsync(Made, Token));
        await Assert.ThrowsAsync<NodeDataConfigurationException>(() => log.TryLockAsync("name", Token));
        await Assert.ThrowsAsync<NodeDataConfigurationException>(() => log.ReadAsync(Token));

        Assert.Contains($"chmod go-w '{Folder}'", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "is no record")]
    [InlineData("""{"version":2,"rotation_id":"rot_1"}""", "is no record")]
    [InlineData("", "is no record")]
    public async Task A_file_that_cannot_be_read_is_named_and_nothing_is_guessed(string content, string why)
    {
        var log = new FileApiKeyRotationStore(Folder);
        await log.WriteAsync(Made, Token);
        var file = Path.Combine(Folder, "rot_0.rotation.json");
        await File.WriteAllTextAsync(file, content, Token);

        var refusal = await Assert.ThrowsAsync<NodeDataConfigurationException>(() => log.ReadAsync(Token));

        Assert.Contains(file, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(why, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_of_a_newer_client_is_refused_and_a_secret_is_never_written()
    {
        var newer = Assert.Throws<NodeDataConfigurationException>(() =>
            ApiKeyRotationRecord.FromJson((Made with { Version = 2 }).ToJson())
        );
        Assert.Contains("newer client", newer.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => (Made with { OldKeyHint = Clients.TestKey }).ToJson());
        Assert.Throws<NodeDataConfigurationException>(() => ApiKeyRotationRecord.FromJson((Made with { Attempts = [] }).ToJson()));
    }

    [Fact]
    public async Task A_sink_writes_the_key_alone_for_its_owner_alone_and_over_nothing_foreign()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        var path = Path.Combine(_directory, "key");
        var key = new CreatedApiKey(new ApiKeyInfo("key_1"), ApiKey.Parse(Clients.TestKey));
        await File.WriteAllTextAsync(path, "old", Token);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        await File.WriteAllTextAsync(Path.Combine(_directory, ".key.0123456789ABCDEF.tmp"), "left by a process that was killed", Token);

        await new FileApiKeySink(path).DeployAsync(key, Token);

        Assert.Equal(Clients.TestKey + "\n", await File.ReadAllTextAsync(path, Token));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Single(Directory.GetFiles(_directory));
        File.CreateSymbolicLink(Path.Combine(_directory, "link"), path);
        Directory.CreateDirectory(Path.Combine(_directory, "folder"));
        foreach (var wrong in new[] { "link", "folder", "nowhere/key" })
        {
            var refusal = await Assert.ThrowsAsync<NodeDataConfigurationException>(() =>
                new FileApiKeySink(Path.Combine(_directory, wrong)).DeployAsync(key, Token)
            );
            Assert.Contains(_directory, refusal.Message, StringComparison.Ordinal);
        }

        File.SetUnixFileMode(_directory, File.GetUnixFileMode(_directory) | UnixFileMode.OtherWrite);
        await Assert.ThrowsAsync<NodeDataConfigurationException>(() => new FileApiKeySink(path).DeployAsync(key, Token));
    }

    private static ApiKeyRotationRecord Made { get; } =
        new()
        {
            RotationId = "rot_1",
            Service = "https://api.nodedata.dev/v1",
            Mode = KeyMode.Live,
            OldKeyId = "key_1",
            OldKeyHint = "nd_live_…1234",
            Scopes = [ApiKeyScope.ModelsRead, "robots:drive"],
            Lifetime = TimeSpan.FromDays(90),
            Overlap = TimeSpan.FromHours(24),
            StartedAt = new DateTimeOffset(2026, 8, 1, 12, 0, 0, TimeSpan.Zero),
            Stage = ApiKeyRotationStage.Creating,
            Attempts = [new ApiKeyRotationAttempt("ci~1", "once") { ExpiresAt = new DateTimeOffset(2026, 10, 1, 12, 0, 0, TimeSpan.Zero) }],
        };
}

using System.Runtime.Versioning;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.Keys.Rotation;

[UnsupportedOSPlatform("windows")]
public sealed class FileStoreTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("nodedata-log-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Folder => Path.Combine(_directory, "rotations");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task A_record_is_read_as_it_was_written_and_replaces_the_previous_one()
    {
        var store = new FileApiKeyRotationStore(Folder);

        await store.WriteAsync(SampleRecord, Token);
        await store.WriteAsync(
            SampleRecord with
            {
                Stage = ApiKeyRotationStage.Overlapping,
                OverlapEndsAt = SampleRecord.StartedAt + SampleRecord.Overlap,
            },
            Token
        );
        var read = Assert.Single(await new FileApiKeyRotationStore(Folder).ReadAsync(Token));

        Assert.Equal(SampleRecord.StartedAt + SampleRecord.Overlap, read.OverlapEndsAt);
        Assert.Equal(SampleRecord.Current, Assert.Single(read.Attempts));
        Assert.Equal(
            SampleRecord with
            {
                Stage = ApiKeyRotationStage.Overlapping,
                OverlapEndsAt = read.OverlapEndsAt,
                Attempts = read.Attempts,
            },
            read
        );
    }

    [Fact]
    public async Task Only_the_owner_can_read_the_files_and_no_temporary_file_is_left()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no Unix file modes.");
        var store = new FileApiKeyRotationStore(Folder);
        await using (await store.TryLockAsync("name", Token))
        {
            await store.WriteAsync(SampleRecord, Token);
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Folder));
        string[] files = Directory.GetFiles(Folder);
        Assert.Equal(2, files.Length);
        Assert.All(files, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    [Fact]
    public async Task A_lock_is_exclusive_until_it_is_released()
    {
        var store = new FileApiKeyRotationStore(Folder);
        var other = new FileApiKeyRotationStore(Folder);

        var held = await store.TryLockAsync("name", Token);
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
    public async Task A_folder_that_others_can_write_to_is_rejected()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no Unix file modes.");
        Directory.CreateDirectory(Folder);
        File.SetUnixFileMode(Folder, File.GetUnixFileMode(Folder) | UnixFileMode.GroupWrite);
        var store = new FileApiKeyRotationStore(Folder);

        var rejection = await Assert.ThrowsAsync<NodeDataConfigurationException>(() => store.WriteAsync(SampleRecord, Token));
        await Assert.ThrowsAsync<NodeDataConfigurationException>(() => store.TryLockAsync("name", Token));
        await Assert.ThrowsAsync<NodeDataConfigurationException>(() => store.ReadAsync(Token));

        Assert.Contains($"chmod go-w '{Folder}'", rejection.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "is not a key rotation record")]
    [InlineData("""{"version":2,"rotation_id":"rot_1"}""", "is not a key rotation record")]
    [InlineData("", "is not a key rotation record")]
    public async Task An_unreadable_file_is_named_in_the_error(string content, string expectedMessage)
    {
        var store = new FileApiKeyRotationStore(Folder);
        await store.WriteAsync(SampleRecord, Token);
        var file = Path.Combine(Folder, "rot_0.rotation.json");
        await File.WriteAllTextAsync(file, content, Token);

        var rejection = await Assert.ThrowsAsync<NodeDataConfigurationException>(() => store.ReadAsync(Token));

        Assert.Contains(file, rejection.Message, StringComparison.Ordinal);
        Assert.Contains(expectedMessage, rejection.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_of_a_newer_client_is_rejected_and_a_secret_is_never_written()
    {
        var newer = Assert.Throws<NodeDataConfigurationException>(() =>
            ApiKeyRotationRecord.FromJson((SampleRecord with { Version = 2 }).ToJson())
        );
        Assert.Contains("newer client", newer.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => (SampleRecord with { OldKeyHint = TestClients.TestKey }).ToJson());
        Assert.Throws<NodeDataConfigurationException>(() => ApiKeyRotationRecord.FromJson((SampleRecord with { Attempts = [] }).ToJson()));
    }

    [Fact]
    public async Task A_file_sink_writes_only_the_key_for_its_owner_and_rejects_unsafe_paths()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no Unix file modes.");
        var path = Path.Combine(_directory, "key");
        var key = new CreatedApiKey(new ApiKeyInfo("key_1"), ApiKey.Parse(TestClients.TestKey));
        await File.WriteAllTextAsync(path, "old", Token);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        await File.WriteAllTextAsync(Path.Combine(_directory, ".key.0123456789ABCDEF.tmp"), "left behind by a killed process", Token);

        await new FileApiKeySink(path).DeployAsync(key, Token);

        Assert.Equal(TestClients.TestKey + "\n", await File.ReadAllTextAsync(path, Token));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Single(Directory.GetFiles(_directory));
        File.CreateSymbolicLink(Path.Combine(_directory, "link"), path);
        Directory.CreateDirectory(Path.Combine(_directory, "folder"));
        foreach (var wrong in new[] { "link", "folder", "nowhere/key" })
        {
            var rejection = await Assert.ThrowsAsync<NodeDataConfigurationException>(() =>
                new FileApiKeySink(Path.Combine(_directory, wrong)).DeployAsync(key, Token)
            );
            Assert.Contains(_directory, rejection.Message, StringComparison.Ordinal);
        }

        File.SetUnixFileMode(_directory, File.GetUnixFileMode(_directory) | UnixFileMode.OtherWrite);
        await Assert.ThrowsAsync<NodeDataConfigurationException>(() => new FileApiKeySink(path).DeployAsync(key, Token));
    }

    private static ApiKeyRotationRecord SampleRecord { get; } =
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

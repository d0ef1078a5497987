using System.Text;
using NodeData.Emulator.Tests.Doubles;
using NodeData.Sdk;

namespace NodeData.Emulator.Tests.Storage;

public sealed class StorageTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("emulator-tests-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string DataPath => Path.Combine(_directory.FullName, "emulator.db");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task What_lies_on_the_disk_gives_nobody_a_key()
    {
        var secrets = new List<string>();
        await using (var emulator = await NodeDataEmulator.StartAsync(new EmulatorOptions { DataPath = DataPath }, Token))
        {
            using var caller = new Caller(emulator);
            secrets.AddRange([emulator.TestKey.Reveal(), emulator.LiveKey.Reveal()]);
            for (var i = 0; i < 10; i++)
            {
                secrets.Add((await caller.PostAsync("/keys", """{"name":"x","mode":"test"}""", $"key-{i}"))["secret"]!);
            }

            await caller.PostAsync("/keys/revoke", $$"""{"key":"{{secrets[2]}}"}""", "revocation");
            AssertHoldsNone(secrets);
        }

        AssertHoldsNone(secrets);
    }

    [Fact]
    public async Task Keys_are_there_after_a_restart_and_the_file_is_its_owners()
    {
        var options = new EmulatorOptions { DataPath = DataPath, Keys = [ApiKey.Parse("nd_test_restarted0001")] };
        string id,
            secret;
        await using (var emulator = await NodeDataEmulator.StartAsync(options, Token))
        {
            using var caller = new Caller(emulator);
            var made = await caller.CreateAsync("stays");
            (id, secret) = (made["id"]!, made["secret"]!);
        }

        await using var restarted = await NodeDataEmulator.StartAsync(options, Token);
        using var again = new Caller(restarted);
        using var user = again.With(secret);

        Assert.Equal("stays", (await again.GetAsync($"/keys/{id}"))["name"]);
        Assert.Equal(200, (await user.GetAsync("/me")).Status);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(DataPath));
        }
    }

    [Fact]
    public async Task A_file_that_cannot_be_used_says_why()
    {
        await using var first = await NodeDataEmulator.StartAsync(new EmulatorOptions { DataPath = DataPath }, Token);
        var foreign = Path.Combine(_directory.FullName, "foreign.db");
        await File.WriteAllTextAsync(foreign, "This is no database at all, and long enough to be looked at as one.", Token);

        Assert.Contains("in use by another emulator", await RefusalAsync(DataPath), StringComparison.Ordinal);
        Assert.Contains("no data file of the emulator", await RefusalAsync(foreign), StringComparison.Ordinal);
        Assert.Contains(
            "cannot be opened",
            await RefusalAsync(Path.Combine(_directory.FullName, "missing", "emulator.db")),
            StringComparison.Ordinal
        );
    }

    private static async Task<string> RefusalAsync(string path) =>
        (
            await Assert.ThrowsAsync<EmulatorStartException>(() =>
                NodeDataEmulator.StartAsync(new EmulatorOptions { DataPath = path }, Token)
            )
        ).Message;

    private void AssertHoldsNone(List<string> secrets)
    {
        var files = _directory.GetFiles();
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            var text = reader.ReadToEnd();
            Assert.All(secrets, secret => Assert.DoesNotContain(secret["nd_test_".Length..], text, StringComparison.Ordinal));
        }
    }
}

using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NodeData.Cli.Failures;
using NodeData.Cli.Secrets;

namespace NodeData.Cli.Scan.Ignoring;

/// <summary>
/// The secrets that a scan ignores: <c>.node-data-ignore</c> at the top level. Each entry is a salted hash of the secret and its rule, without a location that
/// could change, and reveals nothing of the secret. A fast hash is sufficient because secrets are long and random; the salt prevents comparing two files.
/// </summary>
internal sealed class IgnoreFile
{
    public const string Name = ".node-data-ignore";

    private const int SaltLength = 16;
    private const int HashLength = 64;
    private const string SaltKeyword = "salt";
    private static readonly SearchValues<char> Whitespace = SearchValues.Create(" \t");
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");
    private static readonly string[] FileHeader =
    [
        "# Secrets that `node-data scan` ignores, as salted hashes that do not reveal them (docs/cli.md).",
        "# `node-data scan --add-ignores REASON` adds the current findings.",
    ];
    private readonly string _path;
    private readonly Dictionary<string, IgnoreEntry> _entries = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _lines = [];
    private readonly HashSet<string> _used = new(StringComparer.OrdinalIgnoreCase);
    private byte[]? _salt;

    private IgnoreFile(string path) => _path = path;

    /// <summary>The salt; null if the file does not exist yet.</summary>
    public byte[]? Salt => _salt;

    /// <summary>The entries that have not matched a finding.</summary>
    public IReadOnlyList<IgnoreEntry> UnusedEntries => [.. _entries.Values.Where(entry => !_used.Contains(entry.Hash))];

    /// <summary>Reads the file of a directory; empty if there is none.</summary>
    /// <exception cref="CommandFailedException">A line is not valid.</exception>
    public static IgnoreFile Read(string folder)
    {
        var file = new IgnoreFile(Path.Combine(folder, Name));
        if (File.Exists(file._path))
        {
            foreach (var line in File.ReadLines(file._path))
            {
                file._lines.Add(line);
                if (line.TrimStart() is { Length: > 0 } text && text[0] != '#' && !file.TryReadLine(text))
                {
                    throw file.CreateInvalidLineException(file._lines.Count);
                }
            }
        }

        return file;
    }

    /// <summary>Determines whether a secret is ignored, and marks its entry as used.</summary>
    public bool TryMatch(FoundSecret secret)
    {
        if (_salt is null || !_entries.TryGetValue(ComputeHash(secret, _salt), out var entry))
        {
            return false;
        }

        _used.Add(entry.Hash);
        return true;
    }

    /// <summary>Adds secrets and writes the file.</summary>
    /// <returns>The number of new entries.</returns>
    public int Add(IEnumerable<FoundSecret> secrets, string reason)
    {
        if (_salt is null)
        {
            _salt = RandomNumberGenerator.GetBytes(SaltLength);
            _lines.AddRange(FileHeader);
            _lines.Add($"{SaltKeyword} {Convert.ToHexStringLower(_salt)}");
        }

        var before = _entries.Count;
        foreach (var secret in secrets)
        {
            var entry = new IgnoreEntry(ComputeHash(secret, _salt), secret.Rule.Id, reason);
            if (_entries.TryAdd(entry.Hash, entry))
            {
                Insert(entry);
            }

            _used.Add(entry.Hash);
        }

        Write();
        return _entries.Count - before;
    }

    /// <summary>Computes the hash of a secret, which does not reveal the secret.</summary>
    public static string ComputeHash(FoundSecret secret, byte[] salt) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(salt, Encoding.UTF8.GetBytes($"{secret.Rule.Id}\n{secret.Reveal()}")));

    private bool TryReadLine(string line)
    {
        var (first, rest) = SplitFirst(line);
        var (second, reason) = SplitFirst(rest);
        if (first == SaltKeyword)
        {
            var isValid = _salt is null && second.Length == SaltLength * 2 && second.All(char.IsAsciiHexDigit) && reason.Length == 0;
            _salt = isValid ? Convert.FromHexString(second) : null;
            return isValid;
        }

        if (_salt is null || first.Length != HashLength || !first.All(char.IsAsciiHexDigit) || SecretRule.FindById(second) is null)
        {
            return false;
        }

        _entries.TryAdd(first, new IgnoreEntry(first, second, reason));
        return true;
    }

    private static (string First, string Remainder) SplitFirst(string text)
    {
        var end = text.AsSpan().IndexOfAny(Whitespace);
        return end < 0 ? (text, "") : (text[..end], text[end..].Trim());
    }

    // Sorted by hash, so that additions on two branches seldom conflict.
    private void Insert(IgnoreEntry entry)
    {
        var next = _lines.FindIndex(line =>
            line.Length >= HashLength
            && line.AsSpan(0, HashLength).ContainsAnyExcept(HexDigits) is false
            && string.CompareOrdinal(line[..HashLength], entry.Hash) > 0
        );
        _lines.Insert(next < 0 ? _lines.Count : next, $"{entry.Hash} {entry.Rule} {entry.Reason}");
    }

    // Atomic: the file is replaced as a whole.
    private void Write()
    {
        var temporaryPath = $"{_path}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}";
        File.WriteAllText(temporaryPath, string.Concat(_lines.Select(line => line + "\n")));
        File.Move(temporaryPath, _path, overwrite: true);
    }

    private CommandFailedException CreateInvalidLineException(int line) =>
        CommandFailedException.Usage(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{_path}: line {line} is not valid. The file has one line `salt` with {SaltLength * 2} hexadecimal digits, then one line `HASH RULE reason` for each secret; "
                    + $"a rule is one of {string.Join(", ", SecretRule.All.Select(rule => rule.Id))}. A second salt comes from a merge: keep one, and add the other's secrets again with --add-ignores."
            )
        );
}

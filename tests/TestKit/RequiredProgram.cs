using System.Runtime.CompilerServices;

namespace NodeData.TestKit;

/// <summary>The programs that the tests run, from <c>eng/programs.tsv</c>, which <c>eng/test.sh</c> installs.</summary>
internal static class RequiredProgram
{
    private static readonly Dictionary<string, (string Path, string Packages)> Programs = File.ReadLines(
            Path.Combine(AppContext.BaseDirectory, "programs.tsv")
        )
        .Where(line => line.Length > 0 && line[0] != '#')
        .Select(line => line.Split('\t'))
        .ToDictionary(parts => parts[0], parts => (parts[1], parts[2]));

    private static bool IsCI => Environment.GetEnvironmentVariable("CI") == "true";

    /// <summary>Gets the full path of a program. If it is not installed there, the test is skipped; in CI it fails.</summary>
    public static string GetPath(string name)
    {
        Require(name);
        return Programs[name].Path;
    }

    /// <summary>Requires programs. If one is not installed where Debian's package puts it, the test is skipped; in CI it fails.</summary>
    public static void Require(params string[] names)
    {
        foreach (var name in names)
        {
            var (path, packages) = Programs[name];
            var isInstalled = File.Exists(path);
            Assert.SkipUnless(isInstalled || IsCI, $"{path} is not installed: apt-get install {packages}, or run eng/test.sh.");
            Assert.True(isInstalled, $"{path} is not installed, and CI does not skip tests. eng/test.sh installs it.");
        }
    }

    // Programs that tests start by name are those of the list too, whatever another installation put on the path first.
    [ModuleInitializer]
    internal static void PreferListedPrograms()
    {
        if (!OperatingSystem.IsWindows())
        {
            Environment.SetEnvironmentVariable("PATH", $"/usr/bin:/bin:{Environment.GetEnvironmentVariable("PATH")}");
        }
    }
}

namespace NodeData.Sdk.Redis.Tests.Doubles;

/// <summary>The guide to claim stores, in the repository that the tests were built in.</summary>
internal static class Guide
{
    public static string Path { get; } = FindPath();

    private static string FindPath()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(directory!.FullName, "NodeData.Sdk.sln")))
        {
            directory = directory.Parent;
        }

        return System.IO.Path.Combine(directory.FullName, "docs", "webhooks-stores.md");
    }
}

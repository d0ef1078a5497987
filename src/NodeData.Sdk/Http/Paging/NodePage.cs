namespace NodeData.Sdk;

/// <summary>Represents one page of a list. Immutable.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
/// <param name="Items">The items of the page, in the service's order.</param>
/// <param name="NextCursor">The cursor of the next page; null on the last page.</param>
public sealed record NodePage<T>(IReadOnlyList<T> Items, string? NextCursor = null)
{
    /// <summary>Gets a value indicating whether another page follows.</summary>
    public bool HasMore => NextCursor is not null;
}

namespace ClinicBlazor.App.Shared.Unsent;

/// <summary>What stood in a form when its circuit was gone, by the names of its fields or, where they have none, their ids.</summary>
/// <param name="posted">The fields.</param>
/// <param name="line">The act or the version, as <see cref="UnsentDraft.Line"/> says; null for nothing.</param>
internal sealed class UnsentFields(IFormCollection posted, Guid? line)
{
    /// <summary>The act or the version; what the draft says where the page said nothing.</summary>
    public Guid Line(Guid standing) => line ?? standing;

    /// <summary>What was typed; <paramref name="standing"/> where the page had no such field.</summary>
    public string Text(string name, string standing) => posted.TryGetValue(name, out var text) ? text.ToString() : standing;

    /// <summary>Whether a box was ticked; <paramref name="standing"/> where the page had no such box.</summary>
    public bool Ticked(string name, bool standing) => posted.TryGetValue(name, out var text) ? text == "true" : standing;

    /// <summary>Which number was chosen; <paramref name="standing"/> for none.</summary>
    public int? Number(string name, int? standing) => int.TryParse(posted[name], out var number) ? number : standing;

    /// <summary>Which of several was chosen; <paramref name="standing"/> for none.</summary>
    public T? Choice<T>(string name, T? standing)
        where T : struct, Enum =>
        Enum.TryParse<T>(posted[name], out var choice) && Enum.IsDefined(choice) ? choice : standing;
}

using ClinicBlazor.Domain.Kernel;

namespace ClinicBlazor.App.Shared;

/// <summary>Every form of one circuit that keeps what is typed, so that all of it can be saved before the session ends.</summary>
public sealed class DraftSavers(TimeProvider time, ILogger<DraftSaver> log)
{
    private readonly List<DraftSaver> _open = [];

    /// <summary>Begins to keep what is typed into a form, until the saver is disposed of.</summary>
    /// <param name="saveAsync">Saves the present text.</param>
    /// <param name="changed">Called when the saver's state has changed.</param>
    public DraftSaver Begin(Func<Task<Result<DateTimeOffset>>> saveAsync, Action changed)
    {
        var saver = new DraftSaver(saveAsync, changed, time, log) { Gone = gone => _open.Remove(gone) };
        _open.Add(saver);
        return saver;
    }

    /// <summary>Saves at once whatever is not saved yet.</summary>
    public Task SaveAllAsync() => Task.WhenAll(_open.ToList().Select(saver => saver.SaveAsync()));
}

using ClinicBlazor.Domain.Documents;

namespace ClinicBlazor.App.Documents;

/// <summary>How an open page is told that documents of a patient have changed: added, looked through, or entered in error.</summary>
internal static class DocumentNews
{
    /// <summary>Calls <paramref name="changed"/> with the patient after each change, until what is returned is disposed of.</summary>
    public static IDisposable Follow(this DocumentEvents events, Action<IReadOnlySet<Guid>> changed) => new Following(events, changed);

    private sealed class Following : IDisposable
    {
        private readonly DocumentEvents events;
        private readonly Action<IReadOnlySet<Guid>> changed;

        public Following(DocumentEvents events, Action<IReadOnlySet<Guid>> changed)
        {
            (this.events, this.changed) = (events, changed);
            events.Changed += Pass;
        }

        public void Dispose() => events.Changed -= Pass;

        private void Pass(Guid patientId) => changed(new HashSet<Guid> { patientId });
    }
}

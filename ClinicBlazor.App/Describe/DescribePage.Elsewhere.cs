using ClinicBlazor.App.Shared.Unsent;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Records;

namespace ClinicBlazor.App.Describe;

/// <summary>The same description in two windows: the second is told of the first, and overwrites nothing.</summary>
public sealed partial class DescribePage
{
    private string UnsentAddress =>
        new UnsentDraft(UnsentAnswers.Name, _patientId, RecordId: null, _saver!.SavedAt, _answers.Command).Address;

    private async Task<SavedDraft?> FindDraftAsync()
    {
        var draft = await Drafts.FindAsync(await Current.GetAsync(), _patientId, DraftService.NewRecordForm, CancellationToken.None);
        _refused |= !draft.IsSuccess;
        return draft.IsSuccess ? draft.Value : null;
    }

    /// <summary>Nothing was sent here, because the other window was quicker: it has sent its answers, or gone on with them.</summary>
    private async Task GiveWayAsync()
    {
        if (await FindDraftAsync() is { } draft && draft.SavedAt != _saver!.SavedAt)
        {
            _saver.Touch();
            await _saver.SaveAsync();
        }
        else
        {
            _sentElsewhere = true;
        }
    }

    private async Task TakeTheirsAsync()
    {
        var draft = await FindDraftAsync();
        _answers = _saver!.OpenOther(draft) is { } body ? ProblemAnswers.FromDraft(body) : new ProblemAnswers();
        (_problems, _sentElsewhere) = ([], draft is null);
    }

    private async Task KeepMineAsync()
    {
        var draft = await FindDraftAsync();
        if (draft is null || ProblemAnswers.FromDraft(draft.Body).Command != _answers.Command)
        {
            // The other window has sent its answers, or begun another problem: these are another one's.
            _answers = _answers with { Command = CommandId.New().Value };
        }

        _saver!.Found(draft?.SavedAt);
        _saver.Touch();
        await _saver.SaveAsync();
    }
}

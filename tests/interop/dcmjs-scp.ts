/**
 * The Verification SCP of `dcmjs-dimse`, as a program: takes the port and the
 * AE title that callers must use.
 */

import dimse from "dcmjs-dimse";

const { CEchoResponse } = dimse.responses;
const { PresentationContextResult, RejectReason, RejectResult, RejectSource } =
  dimse.constants;

const VERIFICATION = "1.2.840.10008.1.1";
const [port, title] = Deno.args;

/** Accepts Verification in whatever syntax is proposed first. */
class VerificationScp extends dimse.Scp {
  override associationRequested(
    association: dimse.association.Association,
  ): void {
    if (association.getCalledAeTitle() !== title) {
      this.sendAssociationReject(
        RejectResult.Permanent,
        RejectSource.ServiceUser,
        RejectReason.CalledAeNotRecognized,
      );
      return;
    }
    for (const { id } of association.getPresentationContexts()) {
      const context = association.getPresentationContext(id);
      const [syntax] = context.getTransferSyntaxUids();
      if (context.getAbstractSyntaxUid() === VERIFICATION && syntax) {
        context.setResult(PresentationContextResult.Accept, syntax);
      } else {
        context.setResult(
          PresentationContextResult.RejectAbstractSyntaxNotSupported,
        );
      }
    }
    this.sendAssociationAccept();
  }

  override cEchoRequest(
    request: dimse.requests.CEchoRequest,
    callback: (response: dimse.responses.CEchoResponse) => void,
  ): void {
    const response = CEchoResponse.fromRequest(request);
    response.setStatus(dimse.constants.Status.Success);
    callback(response);
  }

  override associationReleaseRequested(): void {
    this.sendAssociationReleaseResponse();
  }
}

const server = new dimse.Server(VerificationScp);
server.on("networkError", (error: unknown) => console.error(String(error)));
server.listen(Number(port));
